"""What a message means for a case that is filed: what is added or the reason, ratings in words, answers."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from test_answers import WHOLE
from turns import reading, said, turn

from actions.after_filing.care import Care
from actions.after_filing.details import details
from actions.after_filing.new_photo import STILL_TALKING
from actions.after_filing.rating import rating_in
from actions.after_filing.reading import read_care
from actions.reading import Reading
from contact_center.clock import now

FILED = "26-6799-5584"


def at(step: str, text: str = "", intent: str = "nlu_fallback", **given: Any) -> Reading:
    """A message at an open question about a case."""
    known = {"wish": "add_information", "reference": FILED, **given.pop("care", {})}
    care = Care(**known, step=step).kept()
    return reading(text, intent, slots={"care": care, **given.pop("slots", {})}, **given)


def care(result: Reading) -> Care:
    found = Care.of(result.slots)
    assert found
    assert result.slots["topic"] == "care"
    return found


class TestDetails:
    @pytest.mark.parametrize(
        ("wish", "text", "told"),
        [
            ("add_information", "ابي اضيف على 26-6799-5584: الحفرة كبرت", "الحفرة كبرت"),
            ("add_information", "نسيت اقول لكم في شكوتي ان الحفرة جدام باب الروضة", "الحفرة جدام باب الروضة"),
            ("add_information", "ابي اضيف صورة على الشكوى", ""),
            ("add_information", "ابي ازيد على البلاغ اللي سجلته", ""),
            ("add_information", "I want to add something to my complaint", ""),
            ("add_information", "please add to 26-6799-5584 that the hole is bigger now", "the hole is bigger now"),
            ("add_information", "تحديث على شكوتي: الحين الليت طفى بعد", "الحين الليت طفى بعد"),
            ("withdraw_case", "ابي اسحب شكوتي", ""),
            ("withdraw_case", "انحلت المشكلة سكرو الشكوى", "انحلت المشكلة سكرو الشكوى"),
            ("withdraw_case", "cancel my complaint please", ""),
            ("reopen_case", "ابي افتح الشكوى مرة ثانية", ""),
            ("reopen_case", "مو راضية", ""),
            ("reopen_case", "reopen my case please", ""),
            ("reopen_case", "قالو صلحوه وهو ما تصلح", "قالو صلحوه وهو ما تصلح"),
            ("reopen_case", "رجعت المجاري تطفح", "رجعت المجاري تطفح"),
        ],
    )
    def test_what_is_told_beside_the_wish(self, wish: str, text: str, told: str) -> None:
        assert details(turn(text, wish), wish) == told


class TestRatings:
    @pytest.mark.parametrize(
        ("text", "stars", "comment"),
        [
            ("٥", 5, ""),
            ("5/5", 5, ""),
            ("4 من 5", 4, ""),
            ("ثلاث نجوم", 3, ""),
            ("two", 2, ""),
            ("one star", 1, ""),
            ("⭐⭐⭐⭐", 4, ""),
            ("ممتاز", 5, ""),
            ("زفت", 1, ""),
            ("سيء جداً", 1, ""),
            ("سيء", 2, ""),
            ("مو زين", 2, ""),
            ("والله زين", 4, ""),
            ("عادي", 3, ""),
            ("very bad", 1, ""),
            ("الرد ممتاز", 5, ""),
            ("ممتاز بس تأخروا", 5, "ممتاز بس تأخروا"),
            ("زين بس طولوا", 4, "زين بس طولوا"),
            ("2 because nobody came", 2, "2 because nobody came"),
            ("زفت ما سووا شي", 1, "زفت ما سووا شي"),
        ],
    )
    def test_in_numbers_and_in_words(self, text: str, stars: int, comment: str) -> None:
        assert rating_in(turn(text)) == (stars, comment)

    @pytest.mark.parametrize(
        "text",
        [
            "5 ايام وانا انتظر",
            "خمسة وعشرين دينار",
            "زين متى بيصلحونها",
            "زين عندي شكوى ثانية",
            "واحد طاح في الحفرة",
            "تمام",
            "شكرا",
            "ليش سيء",
            "6",
            "10",
            "/rate_reply",
            "two days ago it broke",
            "good morning",
            "26-6799-5584",
            "هلا",
            "",
        ],
    )
    def test_anything_else_is_none(self, text: str) -> None:
        assert rating_in(turn(text)) is None

    def test_only_right_after_the_question(self) -> None:
        asked = care(reading("ممتاز بس تأخروا", "thank", rating_of=FILED))
        assert (asked.wish, asked.reference, asked.rating) == ("rate_reply", FILED, 5)
        assert reading("ممتاز", "thank").slots.get("care") is None

    def test_a_button_at_any_time(self) -> None:
        pressed = care(reading(intent="rate_reply", payload={"reference": "2667995584", "rating": "2"}))
        assert (pressed.wish, pressed.reference, pressed.rating) == ("rate_reply", "2667995584", 2)

    def test_in_the_midst_of_the_form_the_draft_stays(self) -> None:
        result = reading("ممتاز", "thank", asked="address", slots={**WHOLE, "address": None}, rating_of=FILED)
        assert care(result).rating == 5
        assert not result.handled
        assert {name: result.slots[name] for name in WHOLE if name != "address"} == {
            name: value for name, value in WHOLE.items() if name != "address"
        }

    def test_what_did_not_help_is_about_the_case_just_answered(self) -> None:
        wish = care(reading("قالو صلحوه وهو ما تصلح", "reopen_case", rating_of=FILED))
        assert (wish.wish, wish.reference) == ("reopen_case", FILED)


class TestWishes:
    def test_a_file_goes_to_the_case_and_into_no_draft(self) -> None:
        photo = [{"id": "7b1c", "kind": "photo"}]
        result = reading("صورة ثانية للبلاغ", "add_information", attachments=photo)
        assert care(result).files == ("7b1c",)
        assert not result.slots.get("attachments")

    @pytest.mark.parametrize("question", ["category", "area", "address", "contact_name", "confirm"])
    @pytest.mark.parametrize("intent", ["add_information", "withdraw_case", "reopen_case"])
    def test_inside_the_form_it_is_heard_and_the_draft_stays(self, intent: str, question: str) -> None:
        result = reading("شكوتي 26-6799-5584", intent, asked=question, slots={**WHOLE, question: None})
        assert care(result).reference == "2667995584"
        assert not result.handled

    def test_the_story_itself_is_no_wish(self) -> None:
        text = "قالوا صلحوا الحفرة وردت اكبر من قبل"
        result = reading(text, "reopen_case", asked="description", category="road.pothole")
        assert (result.slots["description"], result.slots.get("care")) == (text, None)

    def test_a_number_with_a_wish_is_no_question_for_the_status(self) -> None:
        result = reading("اسحبوا 26-6799-5584", "withdraw_case")
        assert (result.slots["topic"], result.slots.get("reference")) == ("care", None)


class TestAnswers:
    @pytest.mark.parametrize(
        ("step", "text", "intent", "answer"),
        [
            ("sure", "اي", "affirm", "yes"),
            ("sure", "اي اسحبوها", "withdraw_case", "yes"),
            ("sure", "لا", "deny", "no"),
            ("sure", "الغاء", "cancel", "no"),
            ("more", "بس هذا", "done", "no"),
            ("more", "شكرا", "thank", "no"),
            ("more", "لا", "deny", "no"),
            ("words", "ولا شي", "skip", "no"),
            ("reopen", "نعم", "affirm", "yes"),
            ("reopen", "لا شكرا", "deny", "no"),
            ("reopen", "افتحوه", "reopen_case", "yes"),
            ("reason", "خلاص", "cancel", "no"),
            ("comment", "لا", "deny", "no"),
            ("comment", "شكرا", "thank", "no"),
            ("which", "ولا واحد", "deny", "no"),
            ("sure", "وش السالفة", "nlu_fallback", "again"),
            ("sure", "كم الرسوم", "faq_cost", "again"),
            ("which", "ما ادري والله", "inform", "again"),
        ],
    )
    def test_yes_no_or_neither(self, step: str, text: str, intent: str, answer: str) -> None:
        assert care(at(step, text, intent)).answer == answer

    @pytest.mark.parametrize(
        ("step", "intent"),
        [("words", "report_complaint"), ("more", "report_complaint"), ("more", "inform"), ("words", "nlu_fallback"),
         ("reason", "report_complaint"), ("reason", "nlu_fallback"), ("comment", "inform")],
    )  # fmt: skip
    def test_what_is_told_is_kept_whatever_the_model_takes_it_for(self, step: str, intent: str) -> None:
        text = "الريحة صارت اقوى واليهال مرضوا"
        result = at(step, text, intent, category="waste.collection")
        assert (care(result).words, care(result).answer) == (text, None)
        assert not result.handled

    def test_photos_one_after_the_other(self) -> None:
        for step in ("words", "more"):
            photo = [{"id": "7b1c", "kind": "photo"}]
            found = care(at(step, "", "share_attachment", attachments=photo))
            assert (found.files, found.words) == (("7b1c",), "")

    def test_a_place_is_information_too(self) -> None:
        found = care(at("words", "", "share_location", location={"lat": 26.15, "lon": 50.58}))
        assert found.words == "26.150000, 50.580000"

    def test_a_question_in_between_is_answered_and_asked_again(self) -> None:
        result = at("reason", "كم الرسوم؟", "faq_cost")
        assert (said(result), care(result).answer) == (["utter_cost"], "again")

    def test_the_case_that_is_chosen(self) -> None:
        found = care(at("which", intent="inform", payload={"reference": "2667995584"}, care={"reference": None}))
        assert (found.reference, found.step) == ("2667995584", None)

    @pytest.mark.parametrize("intent", ["report_complaint", "list_my_cases", "speak_to_agent", "emergency"])
    def test_somewhere_else_the_question_is_left(self, intent: str) -> None:
        result = at("sure", "موضوع ثاني مهم عندي", intent)
        assert result.slots["care"] is None
        assert result.slots["topic"] != "care"

    def test_another_complaint_is_not_added_to_this_one(self) -> None:
        result = at("more", "ابي اسجل شكوى ثانية", "report_complaint")
        assert (result.slots["care"], result.handled) == (None, True)

    def test_another_wish_takes_its_place(self) -> None:
        found = care(at("more", "لا اسحبوها كلها", "withdraw_case"))
        assert (found.wish, found.step) == ("withdraw_case", None)

    def test_a_stale_button_leaves_it_open(self) -> None:
        assert at("sure", intent="stale_button").slots["care"]

    def test_despair_comes_first(self) -> None:
        result = at("words", "ابي اموت", "nlu_fallback")
        assert result.slots["topic"] == "distress"


class TestAPhotoAfterFiling:
    JUST_FILED: ClassVar[dict[str, Any]] = {"last_reference": FILED, "spoken_of": FILED}
    PHOTO: ClassVar[list[dict[str, str]]] = [{"id": "7b1c", "kind": "photo"}]

    def comes(self, *, minutes: float = 5, text: str = "", slots: dict[str, Any] | None = None) -> Reading:
        filed_at = (now() - timedelta(minutes=minutes)).isoformat()
        known = {**self.JUST_FILED, "filed_at": filed_at, **(slots or {})}
        return reading(text, "share_attachment", attachments=self.PHOTO, slots=known)

    def answered(self, text: str, intent: str, **given: Any) -> Reading:
        return reading(text, intent, slots=dict(self.comes().slots), **given)

    def test_it_is_asked_whether_it_is_for_that_case(self) -> None:
        found = care(self.comes())
        assert (found.reference, found.step, found.files, found.answer) == (FILED, "photo", ("7b1c",), None)

    def test_it_begins_no_draft_meanwhile(self) -> None:
        result = self.comes()
        assert not result.handled
        assert not result.slots.get("attachments")

    @pytest.mark.parametrize(("text", "intent"), [("", "affirm"), ("اي نعم", "affirm"), ("ضيفوها", "add_information")])
    def test_yes(self, text: str, intent: str) -> None:
        found = care(self.answered(text, intent))
        assert (found.answer, found.files, found.words) == ("yes", ("7b1c",), "")

    def test_more_photos_are_asked_about_together(self) -> None:
        result = self.answered("", "share_attachment", attachments=[{"id": "7b1d", "kind": "photo"}])
        assert (care(result).files, care(result).answer) == (("7b1c", "7b1d"), "again")

    @pytest.mark.parametrize(("text", "intent"), [("", "deny"), ("لا هذي شكوى ثانية", "inform"), ("عدها", "skip")])
    def test_no_and_it_is_the_first_of_another_case(self, text: str, intent: str) -> None:
        result = self.answered(text, intent)
        assert (result.slots["care"], result.slots["topic"], result.slots["opening"]) == (None, "case", "photo")
        assert result.slots["attachments"] == ["7b1c"]
        assert result.handled

    def test_words_of_another_matter_take_it_with_them(self) -> None:
        result = self.answered("الكهرباء طافية في سترة", "report_complaint", category="power.outage")
        assert (result.slots["description"], result.slots["area"]) == ("الكهرباء طافية في سترة", "سترة")
        assert result.slots["attachments"] == ["7b1c"]

    @pytest.mark.parametrize(
        ("text", "intent", "answer"),
        [("الغاء", "cancel", "no"), ("كم يكلف؟", "faq_cost", "again"), ("ممم", "nlu_fallback", "again")],
    )
    def test_anything_else(self, text: str, intent: str, answer: str) -> None:
        assert care(self.answered(text, intent)).answer == answer

    @pytest.mark.parametrize(
        "otherwise",
        [
            {"minutes": STILL_TALKING.total_seconds() / 60 + 1},
            {"text": "طفح مجاري في سند"},
            {"slots": {"filed_at": None}},
            {"slots": {"spoken_of": "26-0000-0000"}},
            {"slots": {"attachments": ["0001"]}},
        ],
        ids=["later", "with words", "nothing filed", "of another case", "a draft is open"],
    )
    def test_otherwise_a_photo_begins_a_case(self, otherwise: dict[str, Any]) -> None:
        result = self.comes(**otherwise)
        assert result.handled
        assert "7b1c" in result.slots["attachments"]
        assert not result.slots.get("care")


def test_where_nothing_is_open_nothing_is_taken() -> None:
    assert not read_care(Reading(turn("اي", "affirm")))

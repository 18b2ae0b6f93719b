"""Coming back to a draft, undoing a cancel, the place and name of before, and no name at all."""

from datetime import timedelta
from typing import Any

import pytest
from test_answers import DRAFT, PLACED, WHOLE
from turns import reading, said, turn

from actions.cancel import Cancel
from actions.coming_back import offer
from actions.draft import INITIAL
from actions.offer_draft import OfferDraft
from actions.reading import Reading
from actions.set_aside import KEPT, set_aside
from actions.summary import summary
from actions.turn import Turn
from contact_center.agencies.catalogue import catalogue
from contact_center.clock import now

AWAY = {"hours": 26, "draft": {}}
BEFORE = {
    "name": "مريم أحمد",
    "place": {"area": "سند", "governorate": "capital", "block": "745", "road": "4530", "address": "جدام البرادة"},
}
AT_AREA = {**DRAFT, "category": "road.pothole"}


def back(text: str, intent: str = "nlu_fallback", asked: str | None = "area", **given: Any) -> Reading:
    return reading(text, intent, asked=asked, away=AWAY, **{"slots": AT_AREA, **given})


class TestComingBack:
    def test_an_answer_is_taken_with_a_welcome(self) -> None:
        result = back("سند", "inform")
        assert (result.slots["area"], said(result)[0]) == ("سند", "say_welcome_back")
        assert result.slots["topic"] is None

    @pytest.mark.parametrize("text", ["السلام عليكم", "هلا", "hello"])
    def test_a_greeting_is_asked_whether_to_go_on(self, text: str) -> None:
        result = back(text, "greet")
        assert (result.slots["topic"], result.handled, said(result)) == ("return_asked", False, [])
        assert {field: result.slots[field] for field in AT_AREA} == AT_AREA

    def test_so_is_what_answers_nothing(self) -> None:
        assert back("ممم طيب").slots["topic"] == "return_asked"
        assert back("نعم", "affirm").slots["topic"] == "return_asked"

    @pytest.mark.parametrize("text", ["نكمل", "خلنا نكمل طلبي", "continue please"])
    def test_who_wants_to_go_on_goes_on(self, text: str) -> None:
        result = back(text)
        assert (result.handled, said(result)) == (True, ["say_goes_on"])

    @pytest.mark.parametrize("text", ["نبدأ من جديد", "طلب جديد", "start over"])
    def test_who_wants_to_begin_anew_does_and_the_draft_is_kept_aside(self, text: str) -> None:
        result = back(text)
        assert (result.slots["description"], said(result)) == (None, ["say_begun_anew"])
        assert result.slots["set_aside"]["slots"]["description"] == AT_AREA["description"]

    def test_another_matter_is_asked_which_of_both(self) -> None:
        words = "الكهرباء طافية علينا من الصبح"
        result = back(words, "report_complaint", category="power.outage")
        assert (result.slots["topic"], result.handled) == ("which_asked", False)
        assert result.slots["other_words"]["text"] == words
        assert result.slots["description"] == AT_AREA["description"]

    def test_more_of_the_same_matter_is_not(self) -> None:
        result = back("الحفرة كبرت والسيايير تتكسر", "report_complaint", category="road.pothole")
        assert result.slots["topic"] is None
        assert "الحفرة كبرت" in result.slots["description"]

    def test_a_question_is_answered_and_the_draft_stays(self) -> None:
        result = back("كم يكلف؟", "faq_cost")
        assert (result.handled, result.slots["topic"]) == (False, None)

    def test_so_it_is_where_the_conversation_has_lost_the_draft(self) -> None:
        kept = {"description": "حفرة في الشارع", "case_type": "complaint", "category": "road.pothole"}
        result = reading("كم يكلف؟", "faq_cost", away={"hours": 30, "draft": kept})
        assert (said(result), result.slots["topic"]) == (["utter_cost"], "return_asked")

    def test_who_is_only_a_short_while_away_is_not_welcomed(self) -> None:
        assert "say_welcome_back" not in said(reading("سند", "inform", asked="area", slots=AT_AREA))

    def test_nor_is_who_has_no_draft(self) -> None:
        result = reading("السلام عليكم", "greet", away=AWAY)
        assert result.slots.get("topic") is None

    def test_a_draft_that_the_conversation_has_lost_is_there_again(self) -> None:
        kept = {"description": "حفرة في الشارع", "case_type": "complaint", "category": "road.pothole"}
        result = reading("هلا", "greet", away={"hours": 30, "draft": kept})
        assert (result.slots["topic"], result.slots["category"]) == ("return_asked", "road.pothole")

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_the_offer_says_in_a_line_what_there_is(self, language: str) -> None:
        long = "حفرة " * 60
        asked = turn("هلا", "greet", slots={**AT_AREA, "description": long, "topic": "return_asked"})
        name, values = offer(asked)
        assert name == "say_return_offered"
        assert len(str(values["draft"])) <= 81


class TestTheOfferIsAnswered:
    def answer(self, text: str, intent: str, topic: str = "return_asked", **given: Any) -> Reading:
        slots = {**AT_AREA, "topic": topic, **given.pop("slots", {})}
        return reading(text, intent, slots=slots, **given)

    @pytest.mark.parametrize(("text", "intent"), [("نعم", "affirm"), ("", "resume_draft"), ("كمل", "nlu_fallback")])
    def test_on_with_it(self, text: str, intent: str) -> None:
        result = self.answer(text, intent)
        assert (result.slots["topic"], result.slots["description"]) == ("case", AT_AREA["description"])

    @pytest.mark.parametrize(("text", "intent"), [("لا", "deny"), ("", "start_anew"), ("من جديد", "nlu_fallback")])
    def test_anew(self, text: str, intent: str) -> None:
        result = self.answer(text, intent)
        assert (result.slots["topic"], result.slots["description"]) == ("case", None)

    def test_an_answer_to_the_question_that_stood_open(self) -> None:
        result = self.answer("سند", "inform")
        assert (result.slots["topic"], result.slots["area"]) == ("case", "سند")

    @pytest.mark.parametrize("topic", ["return_asked", "which_asked"])
    @pytest.mark.parametrize(
        ("text", "intent", "answer"),
        [
            ("كم يكلف؟", "faq_cost", "utter_cost"),
            ("متى تردون؟", "faq_response_time", "utter_response_time"),
            ("انت روبوت؟", "ask_bot", "utter_bot"),
            ("منو يشوف رقمي؟", "faq_privacy", "utter_privacy"),
        ],
    )
    def test_a_question_is_answered_and_the_offer_stands(self, text: str, intent: str, answer: str, topic: str) -> None:
        result = self.answer(text, intent, topic)
        assert (said(result), result.handled, result.slots["topic"]) == ([answer], False, topic)
        assert {field: result.slots[field] for field in AT_AREA} == AT_AREA
        after = turn(text, intent, slots=result.slots)
        assert offer(after)[0] in ("say_return_offered_again", "say_which_draft_again")

    def test_so_is_the_number_of_a_case(self) -> None:
        result = self.answer("26-6799-5584", "inform")
        assert (result.slots["topic"], result.slots["reference"]) == ("return_asked", "2667995584")
        assert not result.handled

    def test_words_that_only_sound_like_a_question_go_on(self) -> None:
        result = self.answer("طيب يلا", "faq_cost", confidence=0.4)
        assert (result.handled, said(result)) == (True, ["say_goes_on"])

    async def test_what_has_to_be_looked_up_comes_before_the_offer(self) -> None:
        known = {**AT_AREA, "topic": "return_asked"}
        asked = turn("منو مسؤول عن الحفر في الشارع؟", "faq_which_agency", category="road.pothole", slots=known)
        told = [each["text"] for each in (await OfferDraft().act(asked)).said]
        assert catalogue().agencies["works"].name_ar in told[0]
        assert "نكمله، أو نبدأ من جديد" in told[1]
        assert len(told) == 2

    async def test_the_first_offer_welcomes(self) -> None:
        asked = turn("هلا", "greet", slots={**AT_AREA, "topic": "return_asked"})
        told = (await OfferDraft().act(asked)).said
        assert [each["text"].startswith("هلا فيك من جديد") for each in told] == [True]

    def test_cancel(self) -> None:
        assert self.answer("الغوه", "cancel").slots["topic"] == "cancel"

    def test_the_new_matter_begins_with_the_words_that_were_kept(self) -> None:
        words = "الكهرباء طافية علينا في سترة من الصبح"
        asked = back(words, "report_complaint", category="power.outage")
        result = self.answer("", "start_anew", "which_asked", slots={"other_words": asked.slots["other_words"]})
        assert result.slots["description"] == words
        assert result.slots["category_options"][0] == "power.outage"
        assert result.slots["area"] == "سترة"
        assert result.slots["set_aside"]["slots"]["description"] == AT_AREA["description"]

    def test_or_the_first_goes_on(self) -> None:
        result = self.answer("", "resume_draft", "which_asked", slots={"other_words": {"text": "x"}})
        assert result.slots["description"] == AT_AREA["description"]


class TestUndo:
    async def cancelled(self, slots: dict[str, Any]) -> tuple[dict[str, Any], Any]:
        answer = await Cancel().act(turn("", "cancel", asked="area", slots=slots))
        return {**slots, **answer.slots}, answer.said

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("", "restore_draft"),
            ("رجعها", "go_back"),
            ("لا تلغي", "cancel"),
            ("undo", "deny"),
            ("تراجعت، رجعوها", "reopen_case"),
        ],
    )
    async def test_everything_is_as_it_was(self, text: str, intent: str) -> None:
        slots, _ = await self.cancelled(AT_AREA)
        assert slots["description"] is None
        result = reading(text, intent, slots=slots)
        assert {field: result.slots[field] for field in AT_AREA} == AT_AREA
        assert (result.slots["topic"], said(result)) == ("case", ["say_restored"])

    async def test_the_cancelled_message_offers_it(self) -> None:
        _, told = await self.cancelled(AT_AREA)
        assert [button["payload"] for button in told[0]["buttons"]] == ["/restore_draft"]

    async def test_but_not_where_nothing_was_told(self) -> None:
        _, told = await self.cancelled({**INITIAL, "case_type": "complaint"})
        assert told[0]["buttons"] == []

    async def test_after_a_day_it_is_gone(self) -> None:
        kept = set_aside(AT_AREA)
        assert kept
        old = {**kept, "at": (now() - KEPT - timedelta(minutes=1)).isoformat()}
        result = reading("", "restore_draft", slots={"set_aside": old})
        assert (result.slots.get("description"), result.slots.get("topic")) == (None, None)

    def test_what_is_begun_since_is_not_overwritten(self) -> None:
        result = reading("", "restore_draft", asked="area", slots={**AT_AREA, "set_aside": set_aside(WHOLE)})
        assert result.slots["description"] == AT_AREA["description"]
        assert said(result) == ["say_one_at_a_time"]

    def test_asked_whether_to_cancel_one_may_say_not_to(self) -> None:
        result = reading("لا تلغي", "cancel", slots={**AT_AREA, "topic": "cancel_asked"})
        assert result.slots["topic"] == "case"


class TestTheSamePlace:
    @pytest.mark.parametrize(
        ("text", "intent"), [("", "same_place"), ("نفس المكان", "inform"), ("same place as before", "nlu_fallback")]
    )
    @pytest.mark.parametrize("asked", ["area", "address"])
    def test_is_taken_whole(self, text: str, intent: str, asked: str) -> None:
        slots = {**PLACED, "area": None} if asked == "area" else {**PLACED, "address": None}
        result = reading(text, intent, asked=asked, slots=slots, before=BEFORE)
        assert {name: result.slots[name] for name in BEFORE["place"]} == BEFORE["place"]
        assert "say_place_kept" in said(result)

    def test_is_offered_where_there_is_one(self) -> None:
        result = reading("كلام", asked="area", slots=AT_AREA, before=BEFORE)
        assert (result.slots["knows_place"], result.slots["place_before"]) == (
            True,
            "سند، مجمع 745، طريق 4530، جدام البرادة",
        )
        assert reading("كلام", asked="area", slots=AT_AREA).slots["knows_place"] is False

    def test_a_finer_address_is_offered_only_in_the_same_area(self) -> None:
        for area, offered in (("سند", True), ("سترة", False)):
            slots = {**AT_AREA, "area": area, "governorate": "capital"}
            assert reading("كلام", asked="address", slots=slots, before=BEFORE).slots["knows_address"] is offered

    def test_without_one_it_is_said(self) -> None:
        result = reading("نفس المكان", "inform", asked="area", slots=AT_AREA)
        assert (result.slots.get("area"), said(result)) == (None, ["say_no_place_before"])


class TestTheName:
    def test_of_the_last_case_is_not_asked_again(self) -> None:
        result = reading("سند", "inform", asked="area", slots=AT_AREA, before=BEFORE)
        assert result.slots["contact_name"] == "مريم أحمد"
        assert "مريم أحمد (من قبل)" in summary(result.slots)

    def test_what_the_channel_says_comes_first(self) -> None:
        result = reading("سند", "inform", asked="area", slots=AT_AREA, before=BEFORE, profile_name="Maryam")
        assert result.slots["contact_name"] == "Maryam"
        assert "من قبل" not in summary(result.slots)

    def test_is_changed_in_one_step(self) -> None:
        slots = {**WHOLE, "contact_name": "مريم أحمد", "name_before": "مريم أحمد", "confirm": None}
        result = reading("الاسم فاطمة علي", "correct_information", asked="confirm", slots=slots, before=BEFORE)
        assert result.slots["contact_name"] == "فاطمة علي"
        assert "من قبل" not in summary(result.slots)


class TestNoName:
    @pytest.mark.parametrize("text", ["ما ابي اسمي يطلع", "بدون اسم لو سمحت", "keep me anonymous, hide my name"])
    @pytest.mark.parametrize("asked", ["area", "attachments", "contact_name", "contact_phone", "confirm"])
    def test_at_any_moment(self, text: str, asked: str) -> None:
        slots = {**WHOLE, asked: None, "confirm": None}
        result = reading(text, "skip", asked=asked, slots=slots, phone="+97336001234", profile_name="Maryam")
        assert (result.slots["anonymous"], result.slots["contact_name"], result.slots["contact_phone"]) == (
            True,
            "",
            "",
        )
        assert "say_anonymous" in said(result)
        assert "بدون اسم ولا رقم" in summary(result.slots)

    def test_with_the_first_words(self) -> None:
        words = "ما ابي اسمي يطلع، في ناس يرمون مخلفات بناء ورا بيتنا في سند"
        result = reading(words, "report_complaint", category="waste.construction-debris", phone="+97336001234")
        assert (result.slots["anonymous"], result.slots["contact_phone"]) == (True, "")
        assert result.slots["description"] == words

    @pytest.mark.parametrize("text", ["اقدر اقدم بدون اسم؟", "can I stay anonymous?"])
    def test_a_question_is_no_wish(self, text: str) -> None:
        result = reading(text, "faq_privacy", asked="area", slots=AT_AREA)
        assert not result.slots["anonymous"]

    @pytest.mark.parametrize("text", ["شارع بدون اسم يم المدرسة", "شخص مجهول يرمي القمامة كل يوم عند بيتنا"])
    def test_nor_is_a_story(self, text: str) -> None:
        assert not reading(text, "report_complaint", asked="address", slots=PLACED).slots["anonymous"]

    @pytest.mark.parametrize("text", ["", "بدون اسم", "no name please"])
    def test_at_the_question_for_the_name_no_number_is_asked_for_after_it(self, text: str) -> None:
        slots = {**WHOLE, "contact_name": None, "contact_phone": None, "confirm": None}
        result = reading(text, "skip", asked="contact_name", slots=slots)
        assert (result.slots["anonymous"], result.slots["contact_phone"]) == (True, "")
        assert said(result) == ["say_anonymous"]

    def test_who_only_skips_the_name_may_still_leave_a_number(self) -> None:
        slots = {**WHOLE, "contact_name": None, "contact_phone": None, "confirm": None}
        result = reading("تخطي", "skip", asked="contact_name", slots=slots)
        known = {name: result.slots[name] for name in ("anonymous", "contact_name", "contact_phone")}
        assert known == {"anonymous": False, "contact_name": "", "contact_phone": None}

    def test_where_a_name_is_needed_the_button_only_leaves_it_out(self) -> None:
        slots = {**WHOLE, "category": "npra.passport", "contact_name": None, "contact_phone": None, "confirm": None}
        result = reading("", "skip", asked="contact_name", slots=slots)
        assert (result.slots["anonymous"], result.slots["contact_phone"]) == (False, None)

    def test_a_name_that_is_taken_out_of_the_summary_leaves_the_number(self) -> None:
        slots = {
            **WHOLE, "contact_name": None, "kept": {"contact_name": "مريم"}, "reopened": "contact_name", "confirm": None
        }  # fmt: skip
        result = reading("", "skip", asked="contact_name", slots=slots)
        assert (result.slots["contact_name"], result.slots["contact_phone"]) == ("", WHOLE["contact_phone"])
        assert not result.slots["anonymous"]

    def test_a_personal_file_needs_a_name(self) -> None:
        slots = {**WHOLE, "category": "npra.passport", "confirm": None}
        result = reading("ما ابي اسمي يطلع", "skip", asked="confirm", slots=slots)
        assert (result.slots["anonymous"], result.slots["contact_name"]) == (False, WHOLE["contact_name"])
        assert said(result) == ["say_name_needed"]

    def test_also_where_that_shows_later(self) -> None:
        slots = {**DRAFT, "anonymous": True, "contact_name": "", "contact_phone": ""}
        chosen = reading("", asked="category", slots=slots, payload={"category": "npra.passport"}, phone="+97336001234")
        assert (chosen.slots["anonymous"], chosen.slots["contact_phone"]) == (False, "+97336001234")
        assert "say_name_needed" in said(chosen)

    def test_who_gives_a_name_after_all_is_named(self) -> None:
        slots = {**WHOLE, "anonymous": True, "contact_name": "", "contact_phone": "", "confirm": None}
        result = reading("اسمي فاطمة علي", "correct_information", asked="confirm", slots=slots)
        assert (result.slots["anonymous"], result.slots["contact_name"]) == (False, "فاطمة علي")


def test_a_stale_button_is_no_answer() -> None:
    result = back("", "stale_button")
    assert result.slots["topic"] == "return_asked"
    assert isinstance(result.turn, Turn)


class TestMoreOfTheStory:
    @pytest.mark.parametrize("asked", ["area", "address", "attachments", "contact_name", "contact_phone", "confirm"])
    @pytest.mark.parametrize("text", ["صار له اسبوع والريحة تذبح", "it has been like this for weeks"])
    def test_is_added_to_the_description_wherever_it_comes(self, asked: str, text: str) -> None:
        slots = {**WHOLE, asked: None, "confirm": None}
        result = reading(text, "nlu_fallback", asked=asked, slots=slots)
        assert result.slots["description"] == f"{WHOLE['description']}\n{text}"
        assert (result.slots[asked], said(result)) == (None, ["say_description_extended"])

    def test_with_the_place_in_it_both_are_taken(self) -> None:
        text = "في سند، وصار لنا اسبوع على هالحال"
        result = reading(text, "inform", asked="area", slots=AT_AREA)
        assert (result.slots["area"], result.slots["description"].endswith(text)) == ("سند", True)

    @pytest.mark.parametrize("text", ["يم بيت خالتي ورا المسجد العود", "سند مجمع 745"])
    def test_a_place_is_none(self, text: str) -> None:
        result = reading(text, "inform", asked="address", slots={**PLACED, "address": None})
        assert result.slots["description"] == PLACED["description"]

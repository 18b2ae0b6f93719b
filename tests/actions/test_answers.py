"""How the answer to each question is read."""

from typing import Any

import pytest
from turns import reading, said

DRAFT = {
    "description": "حفرة كبيرة في الشارع",
    "case_type": "complaint",
    "category_options": ["road.pothole", "road.pavement", "road.hump", "road.sign"],
    "category_step": "propose",
}
PLACED = {**DRAFT, "category": "road.pothole", "area": "سترة", "governorate": "capital"}
WHOLE = {**PLACED, "address": "يم المدرسة", "attachments": [], "contact_name": "علي", "contact_phone": "+97336001122"}


def at(question: str, text: str = "", intent: str = "inform", **given: Any) -> Any:
    slots = given.pop("slots", {"category": DRAFT, "area": {**DRAFT, "category": "road.pothole"}}.get(question))
    return reading(text, intent, asked=question, slots=slots or {**PLACED, question: None}, **given)


class TestDescription:
    def test_words_are_the_description(self) -> None:
        result = at("description", "الكهرباء طافية عندنا", "nlu_fallback", slots={}, category="power.outage")
        assert result.slots["description"] == "الكهرباء طافية عندنا"

    def test_one_telling_word_is_enough(self) -> None:
        assert at("description", "المجاري", "report_complaint", slots={}, category="drain.sewage-overflow").handled

    def test_the_wish_again_is_explained(self) -> None:
        result = at("description", "ابي اشتكي", "report_complaint", slots={})
        assert said(result) == ["say_description_bare"]
        assert result.slots["description"] is None

    def test_it_cannot_be_skipped(self) -> None:
        assert said(at("description", "تخطي", "skip", slots={})) == ["say_cannot_skip"]

    def test_danger_is_answered_first_and_kept(self) -> None:
        result = at("description", "في حريق في البناية", "emergency", slots={}, category="fire.safety")
        assert (result.handled, result.slots["topic"]) == (False, "emergency"), "the rule says 999, and asks nothing"
        after = at("description", "الكل بخير", "affirm", slots={**result.slots, "language": "ar"}, category="none")
        assert after.slots["description"] == "في حريق في البناية"


class TestCategory:
    def test_yes_takes_the_proposed_one(self) -> None:
        assert at("category", "اي", "affirm").slots["category"] == "road.pothole"

    def test_no_shows_the_next_best_then_sections_then_gives_up(self) -> None:
        top = at("category", "لا", "deny")
        assert (top.slots["category_step"], top.slots["category_options"][0]) == ("top", "road.pavement")
        sections = at("category", "لا", "deny", slots={**DRAFT, "category_step": "top"})
        assert sections.slots["category_step"] == "sections"
        assert at("category", "لا", "deny", slots={**DRAFT, "category_step": "sections"}).slots["category"] == (
            "other.unclear"
        )

    def test_a_button_chooses(self) -> None:
        result = at("category", intent="inform", payload={"category": "drain.manhole"})
        assert result.slots["category"] == "drain.manhole"

    def test_a_group_opens(self) -> None:
        assert at("category", payload={"category_group": "roads.1"}).slots["category_step"] == "roads.1"

    def test_another_subject_in_words_is_proposed(self) -> None:
        result = at("category", "لا، المجاري", "report_complaint", category="drain.sewage-overflow")
        assert (result.slots["category_step"], result.slots["category_options"][0]) == (
            "propose", "drain.sewage-overflow",
        )  # fmt: skip
        assert result.slots["description"] == DRAFT["description"]

    def test_a_story_more_is_added_to_the_description(self) -> None:
        result = at("category", "وبعد الريحة وايد قوية", "report_complaint", category="road.pothole", sure=0.2)
        assert result.slots["description"].endswith("وبعد الريحة وايد قوية")
        assert result.slots["category"] is None

    def test_noise_twice_leads_on(self) -> None:
        assert said(at("category", "هم", "nlu_fallback", category="env.coast", sure=0.1)) == [
            "say_category_unclear_reply"
        ]
        again = at("category", "هم", "nlu_fallback", slots={**DRAFT, "tries": 1}, category="env.coast", sure=0.1)
        assert again.slots["category_step"] == "top"


class TestArea:
    @pytest.mark.parametrize("text", ["سترة", "في سترة", "Sitra", "الفريج اللي في سترة"])
    def test_a_name(self, text: str) -> None:
        result = at("area", text)
        assert (result.slots["area"], result.slots["governorate"]) == ("سترة", "capital")

    def test_a_block_is_enough(self) -> None:
        result = at("area", "مجمع 203")
        assert (result.slots["block"], result.slots["governorate"], result.slots["area"]) == ("203", "muharraq", "")

    def test_a_pin_is_enough(self) -> None:
        result = at("area", intent="share_location", location={"lat": 26.2572, "lon": 50.6119})
        assert (result.slots["area"], result.slots["governorate"]) == ("المحرق", "muharraq")
        assert result.slots["address"] == "", "nothing more is asked of the place"

    def test_unknown_is_explained_then_the_governorate_asked_then_the_words_kept(self) -> None:
        slots = {**DRAFT, "category": "road.pothole"}
        first = at("area", "في الفريج الفلاني", "report_complaint")
        assert said(first) == ["say_area_unknown"]
        second = at("area", "الفريج الفلاني", slots={**slots, "tries": 1})
        assert (second.slots["area_step"], said(second)) == ("governorate", ["say_offer_agent"])
        chosen = at("area", payload={"governorate": "muharraq"}, slots={**slots, **second.changes})
        assert (chosen.slots["governorate"], chosen.slots["area"]) == ("muharraq", "الفريج الفلاني")

    def test_a_road_by_itself_is_kept_and_the_area_asked_for_then_the_governorate(self) -> None:
        slots = {**DRAFT, "category": "road.pothole"}
        first = at("area", "طريق 15 مقابل المسجد", slots=slots)
        assert (first.slots["road"], first.slots["address"], first.slots["area"]) == ("15", "مقابل المسجد", None)
        assert said(first) == ["say_part_of_place"]
        second = at("area", "طريق 15 مقابل المسجد", slots=dict(first.slots))
        assert second.slots["area_step"] == "governorate"
        assert at("area", "طريق 15", slots=dict(second.slots)).slots["area"] == "", "never a loop"

    def test_a_block_is_enough_where_the_area_was_opened_again(self) -> None:
        slots = {**WHOLE, "area": None, "kept": {"area": "سند"}, "reopened": "area", "confirm": None}
        result = at("area", "مجمع 203", slots=slots)
        assert (result.slots["area"], result.slots["block"], result.slots["reopened"]) == ("", "203", None)

    def test_it_never_loops(self) -> None:
        slots = {**DRAFT, "category": "waste.collection", "tries": 2, "area_step": "governorate"}
        assert at("area", "ما ادري", "skip", slots=slots).slots["area"] == ""

    def test_the_governorate_in_words(self) -> None:
        slots = {**DRAFT, "category": "road.pothole", "area_step": "governorate", "area_words": "الفريج"}
        assert at("area", "المحافظة الشمالية", slots=slots).slots["governorate"] == "northern"


class TestAddress:
    @pytest.mark.parametrize("intent", ["inform", "report_complaint", "nlu_fallback", "make_inquiry"])
    def test_words_whatever_the_model_takes_them_for(self, intent: str) -> None:
        assert at("address", "يم المدرسة الابتدائية", intent).slots["address"] == "يم المدرسة الابتدائية"

    def test_parts_are_kept_beside_the_words(self) -> None:
        result = at("address", "بيت 12 طريق 4336 مجمع 643")
        assert (result.slots["building"], result.slots["road"], result.slots["block"]) == ("12", "4336", "643")
        assert result.slots["area"] == "سترة", "a block names no other area than the one that was said"

    @pytest.mark.parametrize(("text", "intent"), [("تخطي", "skip"), ("لا", "deny"), ("بدون", "report_complaint")])
    def test_it_may_be_left_out(self, text: str, intent: str) -> None:
        assert at("address", text, intent).slots["address"] == ""


class TestAttachments:
    def test_several_until_done(self) -> None:
        first = at("attachments", intent="share_attachment", attachments=[{"id": "a1", "kind": "photo"}])
        assert (first.slots["attachments"], first.slots["files"], first.slots["file_count"]) == (None, ["a1"], 1)
        slots = {**PLACED, "address": "", **first.changes}
        second = at("attachments", intent="share_attachment", slots=slots, attachments=[{"id": "a2", "kind": "voice"}])
        done = at("attachments", "خلصت", "done", slots={**slots, **second.changes})
        assert done.slots["attachments"] == ["a1", "a2"]

    @pytest.mark.parametrize(("text", "intent"), [("بدون صور", "skip"), ("لا", "deny"), ("خلصت", "done")])
    def test_none(self, text: str, intent: str) -> None:
        assert at("attachments", text, intent).slots["attachments"] == []

    def test_at_any_other_question_they_are_kept_too(self) -> None:
        result = at(
            "contact_phone", intent="share_attachment", attachments=[{"id": "a9", "kind": "photo"}],
            slots={**WHOLE, "contact_phone": None},
        )  # fmt: skip
        assert (said(result), result.slots["attachments"]) == (["say_attachment_kept"], ["a9"])
        assert result.slots["contact_phone"] is None

    def test_one_that_was_refused_beside_others_is_said(self) -> None:
        files = {"attachments": [{"id": "a1", "kind": "photo"}], "refused_files": ["too_large"]}
        result = at("attachments", intent="share_attachment", **files)
        assert (said(result), result.slots["refused"], result.slots["files"]) == (
            ["utter_unsupported"], "too_large", ["a1"],
        )  # fmt: skip

    def test_more_of_the_story_is_added(self) -> None:
        result = at("attachments", "والأطفال يلعبون جنبها", "report_complaint", category="mun.park", sure=0.2)
        assert result.slots["description"].endswith("والأطفال يلعبون جنبها")
        assert result.slots["attachments"] is None


class TestContact:
    @pytest.mark.parametrize(
        ("text", "name"), [("محمد علي", "محمد علي"), ("اسمي فاطمة حسن", "فاطمة حسن"), ("My name is John", "John")]
    )
    def test_a_name(self, text: str, name: str) -> None:
        assert at("contact_name", text).slots["contact_name"] == name

    @pytest.mark.parametrize(("text", "intent"), [("36001122", "inform"), ("اي", "affirm"), ("؟؟", "nlu_fallback")])
    def test_what_is_no_name_is_asked_again(self, text: str, intent: str) -> None:
        assert at("contact_name", text, intent).slots["contact_name"] is None

    @pytest.mark.parametrize(
        "text", ["36001122", "٣٦٠٠١١٢٢", "+973 3600 1122", "رقمي 36-001-122", "36001122 not 36001222"]
    )
    def test_a_phone_in_any_writing(self, text: str) -> None:
        assert at("contact_phone", text).slots["contact_phone"] == "+97336001122"

    def test_a_wrong_phone_is_explained_in_turns(self) -> None:
        assert said(at("contact_phone", "123")) == ["say_phone_wrong"]
        assert said(at("contact_phone", "123", slots={**WHOLE, "contact_phone": None, "tries": 1})) == [
            "say_phone_wrong_again",
            "say_offer_agent",
        ]

    def test_a_shared_contact_fills_it(self) -> None:
        contact = {"phone": "36001122", "name": "علي", "own": True}
        result = at("contact_phone", intent="share_contact", contact=contact)
        assert result.slots["contact_phone"] == "+97336001122"

    def test_nobody_has_to_give_either(self) -> None:
        assert at("contact_name", "ما ابي", "skip").slots["contact_name"] == ""
        assert at("contact_phone", "لا", "deny").slots["contact_phone"] == ""


class TestConfirm:
    def test_yes(self) -> None:
        assert at("confirm", "تمام ارسل", "affirm", slots=WHOLE).slots["confirm"] is True

    def test_no_asks_what_to_change(self) -> None:
        result = at("confirm", "لا", "deny", slots=WHOLE)
        assert (result.slots["changing"], result.slots["confirm"]) == (True, None)

    def test_yes_while_choosing_what_to_change_files_nothing(self) -> None:
        result = at("confirm", "اي", "affirm", slots={**WHOLE, "changing": True})
        assert (result.slots["changing"], result.slots["confirm"]) == (False, None)

    @pytest.mark.parametrize("intent", ["deny", "correct_information", "inform"])
    def test_a_place_in_words_is_changed_at_once(self, intent: str) -> None:
        result = at("confirm", "لا، المكان سند مو سترة", intent, slots=WHOLE)
        assert (result.slots["area"], result.slots["confirm"], said(result)) == ("سند", None, ["say_changed"])

    @pytest.mark.parametrize("field", ["description", "category", "area", "address", "contact_name", "contact_phone"])
    def test_every_field_can_be_asked_again(self, field: str) -> None:
        slots = {**WHOLE, "changing": True}
        result = at("confirm", intent="correct_information", payload={"field": field}, slots=slots)
        assert result.slots[field] is None
        assert result.slots["changing"] is False

    @pytest.mark.parametrize("intent", ["done", "skip"])
    def test_only_yes_files_the_case(self, intent: str) -> None:
        assert at("confirm", "خلصت", intent, slots=WHOLE).slots["confirm"] is None

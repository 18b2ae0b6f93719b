"""Corrections in words, fields set by hand, edited messages, the person's language."""

import pytest
from test_answers import WHOLE
from turns import reading, said, turn

from actions.language import language_after
from actions.reading import Reading


def corrected(text: str, question: str = "confirm", intent: str = "correct_information") -> Reading:
    return reading(text, intent, asked=question, slots={**WHOLE, question: None})


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("قصدي المحرق مو سترة", "area", "المحرق"),
        ("لا مو سترة، قصدي سند", "area", "سند"),
        ("I meant Sitra, no it is Budaiya", "area", "البديع"),
        ("رقمي 39112233", "contact_phone", "+97339112233"),
        ("الاسم احمد جاسم", "contact_name", "احمد جاسم"),
        ("هذا اقتراح مو شكوى", "case_type", "suggestion"),
        ("الطريق 54", "road", "54"),
        ("غلطت، المجمع ٧٤٣ مو ٧٣٤", "block", "743"),
        ("مو مجمع ٧٣٤، مجمع ٧٤٣", "block", "743"),
        ("عدل الطريق، كتبت لك 12 وهو 21", "road", "21"),
        ("not building 55 brother, building 550", "building", "550"),
    ],
)
def test_the_new_value_is_taken_from_the_words(text: str, slot: str, value: str) -> None:
    result = corrected(text)
    assert result.slots[slot] == value
    added = slot in ("road", "block", "building")  # which the address had none of
    assert said(result) == ["say_noted" if added else "say_changed"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("غير المكان", "area"),
        ("ابي اعدل العنوان", "address"),
        ("الرقم غلط", "contact_phone"),
        ("change the description", "description"),
        ("الاسم مكتوب غلط", "contact_name"),
        ("اخترت التصنيف الغلط", "category"),
    ],
)
def test_a_field_that_is_only_named_is_asked_again(text: str, field: str) -> None:
    assert corrected(text).slots[field] is None


def test_a_field_is_asked_again_although_the_channel_knows_it() -> None:
    result = reading(
        "غير الاسم", "correct_information", asked="confirm", slots={**WHOLE, "confirm": None},
        channel="telegram", profile_name="حسين", phone="+97336001122",
    )  # fmt: skip
    assert (result.slots["contact_name"], result.slots["reopened"]) == (None, "contact_name")


def test_an_address_that_was_corrected_in_part_is_not_shown_as_it_was() -> None:
    slots = {**WHOLE, "road": "45", "address": "طريق 45", "confirm": None}
    result = reading("الطريق 54 مو 45", "correct_information", asked="confirm", slots=slots)
    assert (result.slots["road"], result.slots["address"]) == ("54", "")


class TestByHand:
    def edited(self, **draft: object) -> Reading:
        return reading(intent="edit_draft", asked="confirm", slots={**WHOLE, "confirm": True}, draft=draft)

    @pytest.mark.parametrize(
        ("field", "given", "kept"),
        [
            ("contact_phone", "36 001 122", "+97336001122"),
            ("area", "muharraq", "المحرق"),
            ("category", "drain.manhole", "drain.manhole"),
            ("category", "طفح مجاري", "drain.sewage-overflow"),
            ("governorate", "المحافظة الجنوبية", "southern"),
            ("block", 203, "203"),
            ("lat", "26.2", 26.2),
            ("contact_name", None, ""),
            ("area", None, None),
        ],
    )
    def test_values_are_read_as_if_said(self, field: str, given: object, kept: object) -> None:
        result = self.edited(**{field: given})
        assert result.slots[field] == kept
        assert result.slots["confirm"] is None, "a new summary"

    @pytest.mark.parametrize(
        ("field", "given"), [("contact_phone", "12"), ("category", "no.such"), ("lat", "north"), ("case_type", "x")]
    )
    def test_what_cannot_be_is_said_and_not_set(self, field: str, given: str) -> None:
        result = self.edited(**{field: given})
        assert result.slots[field] == {**WHOLE, "lat": None}[field]
        assert said(result) == ["say_edit_refused"]

    def test_an_area_by_hand_brings_its_governorate(self) -> None:
        assert self.edited(area="المحرق").slots["governorate"] == "muharraq"

    def test_it_may_begin_a_case(self) -> None:
        result = reading(intent="edit_draft", draft={"description": "كلاب سائبة", "area": "الرفاع الشرقي"})
        assert (result.slots["description"], result.slots["governorate"]) == ("كلاب سائبة", "southern")
        assert (result.slots["case_type"], result.slots["category_step"]) == ("complaint", "sections")


def test_an_edited_message_changes_what_it_had_given() -> None:
    slots = {**WHOLE, "description": "حفرة عند الدوار", "confirm": None}
    edited = {"old": "حفرة عند الدوار", "new": "حفرة عند دوار 7"}
    result = reading(intent="edit_message", asked="confirm", slots=slots, edited=edited)
    assert result.slots["description"] == "حفرة عند دوار 7"
    elsewhere = reading(intent="edit_message", asked="confirm", slots=slots, edited={"old": "شي", "new": "ثاني"})
    assert not elsewhere.handled


def test_an_unknown_area_asks_the_governorate_where_the_agency_depends_on_it() -> None:
    slots = {**WHOLE, "area": "الفريج الفلاني", "governorate": None, "category": None, "category_step": "propose"}
    result = reading("اي", "affirm", asked="category", slots={**slots, "category_options": ["waste.collection"]})
    assert (result.slots["area"], result.slots["area_step"]) == (None, "governorate")
    assert result.slots["area_words"] == "الفريج الفلاني"


@pytest.mark.parametrize(
    ("before", "text", "intent", "after"),
    [
        (None, "hello", "greet", "en"),
        (None, "السلام عليكم", "greet", "ar"),
        ("ar", "ok", "affirm", "ar"),
        ("ar", "Sitra", "inform", "ar"),
        ("ar", "the light is broken", "report_complaint", "en"),
        ("en", "سترة", "inform", "en"),
        ("en", "الماي مقطوع عندنا", "report_complaint", "ar"),
        ("en", "3ndi mushkila fi el kahraba", "report_complaint", "ar"),
        ("ar", "English please", "switch_language", "en"),
        ("en", "عربي", "switch_language", "ar"),
        ("ar", "I don't speak Arabic", "switch_language", "en"),
        ("ar", "urdu?", "switch_language", "en"),
        ("en", "غير اللغة", "switch_language", "ar"),
    ],
)
def test_the_language_follows_the_person(before: str | None, text: str, intent: str, after: str) -> None:
    assert language_after(turn(text, intent, slots={"language": before})) == after


@pytest.mark.parametrize(("area", "said_then"), [(None, "say_noted"), ("سترة", "say_changed")])
def test_what_is_told_for_the_first_time_is_not_called_a_change(area: str | None, said_then: str) -> None:
    result = reading("المكان الرفاع الشرقي", "correct_information", asked="category", slots={**WHOLE, "area": area})
    assert result.slots["area"] == "الرفاع الشرقي"
    assert said_then in said(result)

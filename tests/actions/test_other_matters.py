"""Two matters in one conversation, and questions that were opened again but shall stand as they were."""

from typing import Any

import pytest
from test_answers import WHOLE
from turns import reading, said, turn

from actions.other_matters import offer
from actions.read_message import read
from actions.turn import Turn

LIGHTS: dict[str, Any] = {
    "text": "ليتات الشارع طافية في سترة",
    "intent": "report_complaint",
    "confidence": 0.9,
    "entities": [{"entity": "area", "value": "سترة", "start": 22, "end": 26}],
    "categories": [["power.street-light", 0.95], ["power.outage", 0.02]],
}


def after_filing(intent: str) -> Turn:
    return turn(
        "نعم" if intent == "affirm" else "لا", intent, slots={"topic": "other_offered", "other_matters": [LIGHTS]}
    )


def test_of_a_first_message_with_two_matters_the_second_is_kept() -> None:
    first = turn("في حفرة كبيرة في الشارع", "report_complaint", category="road.pothole")
    result = read(Turn(**{**first.__dict__, "second": LIGHTS}))
    assert result.slots["description"] == "في حفرة كبيرة في الشارع"
    assert result.slots["other_matters"] == [LIGHTS]
    assert said(result) == ["say_one_at_a_time"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("اقتراح بعد: حطوا مظلات عند المواقف", "contact_name"),
        ("وعندي شكوى ثانية عن الزبالة عند البيت", "attachments"),
        ("another complaint: the bus is never on time", "contact_phone"),
    ],
)
def test_one_that_is_announced_at_a_later_question_is_kept(text: str, question: str) -> None:
    result = reading(text, "make_suggestion", confidence=0.5, asked=question, slots={**WHOLE, question: None})
    assert [matter["text"] for matter in result.slots["other_matters"]] == [text]
    assert result.slots["description"] == WHOLE["description"]
    assert result.slots[question] is None
    assert said(result) == ["say_one_at_a_time"]


def test_after_filing_it_is_offered_in_the_persons_words() -> None:
    (offered,) = offer({"language": "ar", "other_matters": [LIGHTS]})
    assert LIGHTS["text"] in offered["text"]
    assert [button["payload"] for button in offered["buttons"]] == ["/affirm", "/deny"]
    assert offer({"language": "ar", "other_matters": []}) == []


def test_a_yes_begins_it_with_all_that_it_held() -> None:
    result = read(after_filing("affirm"))
    assert result.slots["description"] == LIGHTS["text"]
    assert (result.slots["area"], result.slots["category_options"]) == ("سترة", ["power.street-light"])
    assert (result.slots["topic"], result.slots["other_matters"]) == ("case", [])


def test_a_no_drops_it() -> None:
    result = read(after_filing("deny"))
    assert (result.slots["topic"], result.slots["other_matters"]) == ("other_dropped", [])
    assert result.slots["description"] is None


@pytest.mark.parametrize(("text", "intent"), [("رجوع", "go_back"), ("تخطي", "skip"), ("خلها مثل ما هي", "inform")])
@pytest.mark.parametrize("question", ["description", "area", "address", "contact_name", "contact_phone", "case_type"])
def test_a_question_opened_at_the_summary_may_stand_as_it_was(question: str, text: str, intent: str) -> None:
    opened = reading(
        intent="correct_information", payload={"field": question}, asked="confirm", slots={**WHOLE, "confirm": None}
    )
    assert opened.slots[question] is None
    assert said(opened) == ["say_way_back"]
    left = reading(text, intent, asked=question, slots=opened.slots)
    assert {name: left.slots[name] for name in WHOLE} == WHOLE
    assert left.slots["confirm"] is None
    assert left.slots["reopened"] is None
    assert said(left) == ["say_left_as_it_was"]


@pytest.mark.parametrize("question", ["contact_name", "contact_phone"])
def test_the_button_without_one_empties_what_was_opened_again(question: str) -> None:
    slots = {**WHOLE, question: None, "confirm": None, "reopened": question, "kept": {question: WHOLE[question]}}
    assert reading(intent="skip", asked=question, slots=slots).slots[question] == ""


@pytest.mark.parametrize("name", ["سلمان أحمد", "3li 7asan", "Fatema Ali", "بو جاسم"])
@pytest.mark.parametrize("question", ["attachments", "contact_phone"])
def test_a_bare_name_is_a_name_wherever_it_comes(name: str, question: str) -> None:
    result = reading(name, asked=question, slots={**WHOLE, question: None, "contact_name": None, "contact_phone": None})
    assert result.slots["contact_name"] == name
    assert result.slots["description"] == WHOLE["description"]
    assert result.slots[question] is None
    assert said(result) == ["say_name_kept"]


def test_what_is_no_name_is_still_added_to_the_story() -> None:
    result = reading("والريحة تذبح من الصبح", asked="attachments", slots={**WHOLE, "attachments": None})
    assert "والريحة تذبح من الصبح" in result.slots["description"]
    assert result.slots["contact_name"] == WHOLE["contact_name"]


def test_a_name_in_arabizi_answers_the_question_for_it() -> None:
    assert (
        reading("3li 7asan", asked="contact_name", slots={**WHOLE, "contact_name": None}).slots["contact_name"]
        == "3li 7asan"
    )

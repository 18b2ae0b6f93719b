"""Danger in the middle of a case: 999 and no question in the same breath, and then the case goes on."""

from typing import Any

import pytest
from test_answers import WHOLE
from turns import reading, said

from actions.draft import QUESTIONS

OPTIONS = {"category_options": ["power.outage", "power.street-light"], "category_step": "propose"}
SPARKS = "في شرار يطلع من السلك والناس تمر جنبه"


def in_danger(question: str, text: str = SPARKS, category: str = "power.outage", **given: Any) -> Any:
    slots = {**WHOLE, "category": "power.street-light", **OPTIONS, question: None}
    if question == "similar":
        slots["similar_case"] = {"reference": "26-1234-5678", "own": False, "filed": False}
    return reading(text, "emergency", asked=question, slots=slots, category=category, **given)


def afterwards(before: Any, question: str, text: str, intent: str, **given: Any) -> Any:
    return reading(text, intent, asked=question, slots=before.slots, **given)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_rule_speaks_and_the_form_does_not(question: str) -> None:
    result = in_danger(question)
    assert (result.handled, result.slots["topic"], said(result)) == (False, "emergency", [])
    assert {name: result.slots[name] for name in QUESTIONS if name != question} == {
        **{name: WHOLE.get(name) for name in QUESTIONS if name != question},
        **({} if question == "category" else {"category": "power.street-light"}),
    }


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("text", "intent"), [("اي الكل بخير", "affirm"), ("لا الحمدلله", "deny"), ("شكرا", "thank")])
def test_all_is_well_goes_on_with_the_question_and_answers_it_not(question: str, text: str, intent: str) -> None:
    before = in_danger(question, "ولدي طاح وما يتنفس", category="none")
    result = afterwards(before, question, text, intent)
    assert (said(result), result.handled, result.slots[question]) == (["say_goes_on"], True, None)
    assert result.slots["topic"] == "case", "the form has declined a message: only a rule brings it back"


def test_an_answer_is_taken_at_once() -> None:
    result = afterwards(in_danger("contact_phone"), "contact_phone", "36001122", "inform")
    assert (result.slots["contact_phone"], result.slots["topic"]) == ("+97336001122", "case")


def test_a_button_means_the_question_it_stood_under() -> None:
    before = in_danger("category", "ولدي طاح وما يتنفس", category="none")
    assert afterwards(before, "category", "", "affirm").slots["category"] == "power.outage"


def test_words_about_the_same_matter_are_kept_for_the_case() -> None:
    result = afterwards(in_danger("contact_name"), "contact_name", "محمد علي", "inform")
    assert result.slots["description"] == f"{WHOLE['description']}\n{SPARKS}"
    assert result.slots["heard"] is None


def test_words_about_another_matter_are_not() -> None:
    before = in_danger("contact_name", "ولدي طاح وما يتنفس", category="health.emergency-care")
    result = afterwards(before, "contact_name", "محمد علي", "inform")
    assert result.slots["description"] == WHOLE["description"]


def test_what_was_said_before_there_was_a_description_becomes_it() -> None:
    before = reading(SPARKS, "emergency", asked="description", slots={}, category="power.outage")
    result = afterwards(before, "description", "الكل بخير", "affirm")
    assert (result.slots["description"], result.slots["category_options"][0]) == (SPARKS, "power.outage")


def test_a_photo_with_it_does_not_keep_999_from_being_said() -> None:
    result = in_danger("contact_name", attachments=[{"id": "a1", "kind": "photo"}])
    assert result.handled
    assert said(result) == ["utter_emergency"]


def test_on_a_call_the_agent_is_told_what_to_say() -> None:
    assert said(in_danger("category", channel="call_center")) == ["say_emergency_on_call"]


def test_a_second_emergency_is_answered_in_other_words() -> None:
    first = in_danger("contact_name")
    second = afterwards(first, "contact_name", SPARKS, "emergency", category="power.outage")
    third = afterwards(second, "contact_name", SPARKS, "emergency", category="power.outage")
    assert [first.slots["again"], second.slots["again"], third.slots["again"]] == [False, True, False]

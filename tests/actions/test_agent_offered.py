"""A human being is offered to whom we do not understand, a yes is a yes to that; in the form where it may be one."""

from typing import Any

import pytest
from test_answers import PLACED, WHOLE
from turns import reading, said

from actions.human import _reason

NOISE = ("؟؟", "nlu_fallback")
WRITTEN = ("description", "area", "address", "contact_name", "contact_phone")


def lost(times: int, **given: Any) -> Any:
    """Not understood so often in a row."""
    slots: dict[str, Any] = given.pop("slots", {})
    for _ in range(times):
        result = reading(*NOISE, category="env.coast", sure=0.1, slots=slots, **given)
        slots = result.slots
    return result


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
def test_the_third_time_it_is_a_question(times: int) -> None:
    assert lost(times).slots["topic"] == ("agent_offered" if times in (3, 5) else None)


@pytest.mark.parametrize("intent", ["out_of_scope", "affirm", "deny", "done", "go_back"])
def test_what_is_taken_for_something_else_and_fits_nothing_counts_too(intent: str) -> None:
    assert reading("طاط", intent, slots=lost(2).slots).slots["topic"] == "agent_offered"


def test_in_the_form_what_is_not_ours_is_said_and_is_no_miss() -> None:
    result = reading("شلون الجو", "out_of_scope", asked="area", slots={**WHOLE, "area": None, "misses": 2})
    assert result.slots["misses"] == 0


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [("اي", "affirm", "agent"), ("", "speak_to_agent", "agent"), ("لا", "deny", "no_agent"), ("هلا", "greet", None)],
)
def test_the_answer_to_it(text: str, intent: str, topic: str | None) -> None:
    result = reading(text, intent, slots=lost(3).slots)
    assert (result.slots["topic"], result.handled) == (topic, False)


def test_without_the_question_a_yes_is_none() -> None:
    assert reading("اي", "affirm", slots=lost(1).slots).slots["topic"] is None
    assert reading("اي", "affirm", slots=reading("هلا", "greet", slots=lost(3).slots).slots).slots["topic"] is None


@pytest.mark.parametrize("question", WRITTEN)
def test_where_an_answer_is_written_a_yes_means_the_human_being(question: str) -> None:
    slots = {**(PLACED if question == "address" else WHOLE), question: None, "topic": "agent_named"}
    result = reading("اي", "affirm", asked=question, slots=slots)
    assert (result.slots["topic"], result.handled) == ("agent", False)


@pytest.mark.parametrize("question", ["category", "confirm", "attachments", "similar"])
def test_where_a_yes_is_an_answer_it_is_the_answer(question: str) -> None:
    slots = {**WHOLE, question: None, "topic": "agent_named", "category_options": ["road.pothole"],
             "category_step": "propose"}  # fmt: skip
    assert reading("اي", "affirm", asked=question, slots=slots).slots["topic"] != "agent"


def test_a_yes_to_the_place_of_before_is_no_yes_to_a_human_being() -> None:
    slots = {**WHOLE, "area": None, "topic": "agent_named", "knows_place": True}
    assert reading("اي", "affirm", asked="area", slots=slots).slots["topic"] != "agent"


def test_every_second_useless_answer_names_the_word() -> None:
    first = reading("123", "inform", asked="contact_phone", slots={**WHOLE, "contact_phone": None})
    second = reading("123", "inform", asked="contact_phone", slots=first.slots)
    assert [first.slots["topic"], second.slots["topic"]] == [None, "agent_named"]
    assert "say_offer_agent" in said(second)


def test_a_number_that_cannot_be_read_is_no_loop_either() -> None:
    slots: dict[str, Any] = {}
    heard = []
    for _ in range(3):
        result = reading("رقمي 12", "inform", asked="reference", slots=slots)
        slots = result.slots
        heard.append(said(result))
    assert heard == [["say_reference_unreadable"]] * 2 + [["say_reference_unreadable", "utter_agent_offered"]]
    assert reading("اي", "affirm", asked="reference", slots=slots).slots["topic"] == "agent"


@pytest.mark.parametrize(("topic", "reason"), [("agent", "failure"), ("distress", "distress"), (None, "request")])
def test_staff_see_why(topic: str | None, reason: str) -> None:
    assert _reason({"topic": topic}) == reason

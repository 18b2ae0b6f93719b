"""Danger as the first word: 999 and nothing with it; what it is about waits until all are well."""

from typing import Any

import pytest
from test_answers import WHOLE
from turns import reading, said, turn

from actions.draft import QUESTIONS
from actions.read_message import read
from actions.turn import Turn

FIRE = "حريق في بيت الجيران في سترة والدخان طالع"
MORE = "بسرعة في ناس محبوسين داخل والنار تكبر"


def first(text: str = FIRE, category: str = "fire.safety", **given: Any) -> Any:
    return reading(text, "emergency", category=category, **given)


def then(before: Any, text: str, intent: str, **given: Any) -> Any:
    return reading(text, intent, slots=before.slots, **given)


def test_nothing_is_said_but_by_the_rule_and_the_words_are_kept() -> None:
    result = first()
    assert (said(result), result.slots["topic"]) == ([], "emergency")
    assert (result.slots["description"], result.slots["case_type"], result.slots["area"]) == (FIRE, "complaint", "سترة")


def test_where_nobody_knows_what_it_would_be_about_nothing_is_begun() -> None:
    result = first("الحقونا بسرعة", "none")
    assert (said(result), result.slots["topic"], result.slots["description"]) == ([], None, None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("الحمدلله الكل بخير", "affirm"), ("لا محد فيه شي", "deny"), ("شكرا", "thank"), ("خلاص", "done")],
)
def test_when_all_are_well_the_form_opens(text: str, intent: str) -> None:
    result = then(first(), text, intent)
    assert (said(result), result.slots["topic"]) == (["say_goes_on"], "case")
    assert (result.slots["description"], result.slots["category"], result.handled) == (FIRE, None, True)


def test_more_of_it_is_told() -> None:
    result = then(first(), "الجيران طلعوا بس الدخان بعده طالع", "report_complaint", category="fire.safety")
    assert result.slots["description"] == f"{FIRE}\nالجيران طلعوا بس الدخان بعده طالع"
    assert result.slots["topic"] == "case"


def test_a_place_is_taken_at_once() -> None:
    result = then(first("حريق في بيت الجيران والدخان طالع"), "مجمع 602 طريق 214", "inform")
    assert (result.slots["block"], result.slots["road"], result.slots["topic"]) == ("602", "214", "case")


def test_another_matter_waits_for_its_turn() -> None:
    result = then(first(), "في حفرة كبيرة في الشارع عندنا", "report_complaint", category="road.pothole")
    assert result.slots["description"] == FIRE
    assert result.slots["other_matters"][0]["text"] == "في حفرة كبيرة في الشارع عندنا"


def test_danger_again_is_still_asked_nothing_and_adds_to_it() -> None:
    second = then(first(), MORE, "emergency", category="fire.safety")
    assert (said(second), second.slots["topic"], second.slots["again"]) == ([], "emergency", True)
    third = then(second, "طلعوا واحد", "emergency", category="fire.safety")
    assert (said(third), third.slots["topic"], third.slots["again"]) == ([], "emergency", False)
    well = then(third, "الكل بخير", "affirm")
    assert well.slots["description"] == f"{FIRE}\n{MORE}\nطلعوا واحد"


def test_a_question_in_between_leaves_it_waiting() -> None:
    asked = then(first(), "الخدمة عليها رسوم؟", "faq_cost")
    assert (asked.slots["topic"], asked.slots["description"]) == ("emergency", FIRE)
    assert then(asked, "الكل بخير", "affirm").slots["topic"] == "case"


def test_nothing_more_is_wanted() -> None:
    assert then(first(), "الغوا كل شي", "cancel").slots["topic"] == "cancel"


def test_a_number_is_about_another_case() -> None:
    assert (
        then(first(), "شصار على 26-1234-5678", "check_status", payload={"reference": "2612345678"}).slots["topic"]
        == "status"
    )


@pytest.mark.parametrize("topic", ["return_asked", "which_asked", "cancel_asked", "distress", "case"])
def test_a_draft_that_was_left_is_not_thrown_away(topic: str) -> None:
    result = first(slots={**WHOLE, "topic": topic})
    assert (said(result), result.slots["topic"]) == ([], "emergency")
    assert {name: result.slots[name] for name in QUESTIONS} == {name: WHOLE.get(name) for name in QUESTIONS}


def test_who_was_away_is_not_asked_about_the_draft_first() -> None:
    result = first(slots=WHOLE, away={"hours": 30, "draft": WHOLE})
    assert (said(result), result.slots["topic"]) == ([], "emergency")


def test_a_question_about_a_filed_case_is_left() -> None:
    care = {"wish": "reopen_case", "reference": "2612345678", "step": "reason"}
    assert first(slots={"care": care}).slots["care"] is None


def test_danger_comes_before_a_human_being_who_is_not_wanted() -> None:
    assert first("ما ابي موظف في حريق عندنا").slots["topic"] == "emergency"


def test_on_a_call_the_agent_is_told_what_to_say() -> None:
    assert said(first(channel="call_center")) == ["say_emergency_on_call"]


def test_where_a_number_is_asked_for_danger_is_read_all_the_same() -> None:
    asked = turn(FIRE, "emergency", asked="reference", category="fire.safety")
    result = read(Turn(**{**asked.__dict__, "form": "status_form"}))
    assert (said(result), result.slots["topic"], result.slots["description"]) == ([], "emergency", FIRE)

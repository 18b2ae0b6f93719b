"""What is said in between leaves every question open and the draft as it was."""

import pytest
from test_answers import WHOLE
from turns import reading

from actions.draft import QUESTIONS
from actions.turn import INTERRUPTIONS

NOT_WORDS = {"rate_reply", "share_contact", "edit_message", "unsupported_message", "stale_button"}


@pytest.mark.parametrize(
    ("intent", "question"),
    [
        (intent, question)
        for intent in sorted(INTERRUPTIONS - NOT_WORDS)
        for question in QUESTIONS
        if not (question == "confirm" and intent in ("thank", "goodbye"))
    ],
)
def test_the_form_hands_it_to_the_rules(intent: str, question: str) -> None:
    slots = {**WHOLE, "category_options": ["road.pothole"], "category_step": "propose", question: None}
    result = reading("كلام في وسط الطلب", intent, asked=question, slots=slots, category="road.pothole", sure=0.2)
    assert not result.handled
    assert {name: result.slots[name] for name in slots} == slots


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_number_of_another_case_is_answered_in_between(question: str) -> None:
    result = reading("26-1234-5678", "check_status", asked=question, slots={**WHOLE, question: None})
    assert (result.slots["reference"], result.slots["topic"], result.handled) == ("2612345678", "status", False)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("intent", sorted(INTERRUPTIONS - NOT_WORDS))
def test_nothing_is_dropped_on_a_mere_suspicion(intent: str, question: str) -> None:
    """A message that only might be a wish to cancel or a greeting must not reach the rules that say so."""
    slots = {**WHOLE, "category_options": ["road.pothole"], "category_step": "propose", question: None}
    result = reading("همم", intent, confidence=0.4, asked=question, slots=slots, category="road.pothole", sure=0.2)
    assert result.handled


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question != "description"])
def test_a_plain_word_of_cancelling_is_asked_about_however_faintly_it_is_understood(question: str) -> None:
    slots = {**WHOLE, "category_options": ["road.pothole"], "category_step": "propose", question: None}
    result = reading("الغوا الطلب", "cancel", confidence=0.5, asked=question, slots=slots)
    assert (result.slots["topic"], result.handled) == ("cancel_asked", False)


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question != "description"])
def test_to_take_back_the_complaint_means_the_open_one_unless_it_names_another(question: str) -> None:
    slots = {**WHOLE, question: None}
    open_one = reading("ابي الغي الشكوى", "withdraw_case", asked=question, slots=slots)
    assert (open_one.slots["topic"], open_one.handled) == ("cancel_asked", False)
    for text in ("ابي اسحب شكواي 26-1234-5678", "ابي اسحب شكواي السابقة"):
        assert reading(text, "withdraw_case", asked=question, slots=slots).slots["topic"] == "care"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("intent", ["correct_information", "inform", "nlu_fallback"])
def test_one_place_instead_of_another_is_a_correction_whatever_the_model_says(intent: str, question: str) -> None:
    slots = {**WHOLE, "area": "سند", "category_options": ["road.pothole"], "category_step": "propose", question: None}
    text = "the area is Sitra not Sanad and my phone is 36112233"
    result = reading(text, intent, confidence=0.4, asked=question, slots=slots, category="gov.community", sure=0.1)
    assert (result.slots["area"], result.slots["contact_phone"]) == ("سترة", "+97336112233")


@pytest.mark.parametrize("question", QUESTIONS)
def test_go_back_opens_the_question_before(question: str) -> None:
    result = reading("ارجع", "go_back", asked=question, slots={**WHOLE, question: None})
    assert result.handled
    before = [name for name in QUESTIONS[: QUESTIONS.index(question)] if name != "case_type"]
    assert not before or result.slots["reopened"] in before

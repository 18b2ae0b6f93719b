"""What is no answer is explained; the second time a human being is offered; and no question is asked for ever."""

from typing import Any

import pytest
from test_answers import DRAFT, PLACED, WHOLE
from turns import reading, said

NOISE = {
    "description": ("تخطي", "skip"),
    "case_type": ("اي", "affirm"),
    "category": ("هم", "nlu_fallback"),
    "area": ("الفريج الفلاني", "inform"),
    "address": ("؟!", "nlu_fallback"),
    "attachments": ("هممم", "nlu_fallback"),
    "contact_name": ("123", "nlu_fallback"),
    "contact_phone": ("123", "inform"),
    "confirm": ("خلصت", "done"),
}
DRAFTS: dict[str, dict[str, Any]] = {
    "description": {},
    "case_type": {"description": DRAFT["description"]},
    "category": DRAFT,
    "area": {**DRAFT, "category": "road.pothole"},
    "address": {**PLACED},
}
OFFERS = {"say_offer_agent"}


def again_and_again(question: str, times: int) -> list[Any]:
    """The same useless answer, turn after turn."""
    slots, heard = {**DRAFTS.get(question, WHOLE), question: None}, []
    text, intent = NOISE[question]
    for _ in range(times):
        result = reading(text, intent, asked=question, slots=slots, category="env.coast", sure=0.1)
        heard.append(result)
        slots = result.slots
    return heard


def offers_help(result: Any) -> bool:
    """Whether help or a human being is offered with it."""
    says_so = not result.handled or "utter_not_understood" in said(result)  # where nothing is handled, the rule says it
    lost = result.slots["lost"] in ("help", "human") and says_so
    return bool(OFFERS & set(said(result))) or lost


@pytest.mark.parametrize("question", NOISE)
def test_it_is_explained_first(question: str) -> None:
    first = again_and_again(question, 1)[0]
    assert said(first) != [] or (not first.handled and first.slots["misses"] == 1)
    assert not offers_help(first)


@pytest.mark.parametrize("question", NOISE)
def test_the_second_time_help_or_a_human_being_is_offered(question: str) -> None:
    second = again_and_again(question, 2)[1]
    assert offers_help(second), said(second)


@pytest.mark.parametrize("question", ["case_type", "category", "area", "address", "contact_name", "contact_phone"])
def test_what_can_be_left_open_is_left_open_in_the_end(question: str) -> None:
    slots = again_and_again(question, 6)[-1].slots
    assert slots[question] is not None or slots.get("category_step") == "sections"


def test_help_comes_before_a_human_being_and_all_differ() -> None:
    slots: dict[str, Any] = {}
    offers = []
    for _ in range(6):
        result = reading("؟؟", "nlu_fallback", category="env.coast", sure=0.1, slots=slots)
        slots = result.slots
        offers.append(slots["lost"])
    assert offers == ["first", "help", "human", "help", "human", "help"]


def test_a_message_that_is_understood_begins_anew() -> None:
    lost = reading("؟؟", "nlu_fallback", category="env.coast", sure=0.1, slots={"misses": 1})
    assert reading("هلا", "greet", slots=lost.slots).slots["lost"] == "first"

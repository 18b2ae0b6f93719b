"""What the case is about: proposed, then chosen from few, then found by section and group."""

import re

from actions.answers.description import extend_description, propose_categories, take_more
from actions.asides import answer_aside, asks, is_small_talk
from actions.known import catalogue
from actions.place_words import is_mostly_place
from actions.reading import Reading
from bot.arabic import normalise
from contact_center.agencies.entries import UNCLEAR

_SURE = 0.75
_PLAUSIBLE_LIST = 2
_A_STORY = 3
_SPEAKS_OF_LATER = re.compile(r"صور|صوره|اسم|رقم|photo|name|number")


def read(reading: Reading) -> None:
    """A button, yes or no to what was proposed, or the subject in words."""
    turn = reading.turn
    code, group = turn.value("category"), turn.value("category_group")
    if code in catalogue().offered:
        choose(reading, str(code))
    elif group:
        reading.set(category_step=group)
        reading.answered()
    elif turn.interrupts:
        return
    elif turn.text and is_mostly_place(turn):
        take_more(reading)
    elif asks(turn) or is_small_talk(turn):
        answer_aside(reading)
    elif turn.declines and turn.text and _SPEAKS_OF_LATER.search(normalise(turn.text)):
        reading.say("say_asked_later")
        reading.answered()
    elif _names_subject(reading):
        _take_words(reading)
    elif turn.intent == "affirm" and reading.slots.get("category_step") == "propose":
        choose(reading, reading.slots["category_options"][0])
    elif turn.intent in ("deny", "skip"):
        next_step(reading)
    elif turn.intent in ("affirm", "done"):
        _unclear(reading)
    elif turn.words >= _A_STORY:
        extend_description(reading)
    else:
        _unclear(reading)


def _unclear(reading: Reading) -> None:
    if reading.unusable("say_category_unclear_reply") > 1:
        next_step(reading)


def choose(reading: Reading, code: str) -> None:
    """Set the category; a place that was of no use to the one before may be needed now."""
    left_empty = {question: None for question in ("area", "address") if reading.slots.get(question) == ""}
    reading.set(category=code, confirm=None, **left_empty)


def next_step(reading: Reading) -> None:
    """From the proposal to the next best, to the sections, and at last to a category for what fits nowhere."""
    step = reading.slots.get("category_step")
    others = (reading.slots.get("category_options") or [])[1:]
    if step == "propose" and len(others) >= _PLAUSIBLE_LIST:
        reading.set(category_step="top", category_options=others)
    elif step in ("propose", "top"):
        reading.set(category_step="sections")
    else:
        choose(reading, UNCLEAR)
        reading.say("say_routed_by_team")
    reading.answered()


def _names_subject(reading: Reading) -> bool:
    turn = reading.turn
    plain_answer = turn.intent in ("affirm", "deny", "skip", "done") and (turn.confidence >= 0.9 or turn.words < 2)
    return bool(turn.category(_SURE)) and not plain_answer


def _take_words(reading: Reading) -> None:
    turn = reading.turn
    proposed = reading.slots.get("category_options") or []
    named = turn.category()
    if named in proposed[: 1 if reading.slots.get("category_step") == "propose" else None] and turn.words < _A_STORY:
        choose(reading, str(named))
        return
    tells_more = turn.words >= _A_STORY and turn.intent not in ("deny", "correct_information")
    if tells_more:
        extend_description(reading)
    thanks = tells_more and reading.slots.get("case_type") == "compliment"  # praise has no second subject
    if named not in proposed[:1] and not thanks:
        propose_categories(reading)
    reading.answered()

"""What an agency has asked of the person: what they say next is the answer, unless it is plainly something else."""

from collections.abc import Mapping
from typing import Any

from actions.after_filing.care import Care
from actions.after_filing.details import details
from actions.after_filing.sent import files_of, words_of
from actions.draft import CASE_TYPES, begun, wished
from actions.turn import Turn
from actions.word_lists import has
from contact_center.agencies.entries import UNCLEAR

WISH = "add_information"
_GREETINGS = {"greet", "thank", "goodbye"}
_GREETING = 5
"""Words; whoever says more than a greeting says something."""
_NEVER_ELSE = {WISH, "out_of_scope"}
_YES_OR_NO = {"affirm", "deny", "skip", "done", "go_back"}
_SHARED = {"share_attachment", "share_location"}
_UNSURE = {"inform", "nlu_fallback"}
_SURE, _SURE_OF_ANOTHER = 0.6, 0.75
_A_STORY = 3


def asked_case(turn: Turn) -> str | None:
    """The reference of the case that an agency waits for the person's words for; None where there is none."""
    asked = turn.metadata.get("asked_by_agency")
    return str(asked["reference"]) if asked else None


def just_answered(turn: Turn) -> Care | None:
    """The answer to a question after which nothing else was said to the person, or which they quoted."""
    asked = turn.metadata.get("asked_by_agency")
    if not asked or not asked["newest"] or not _may_answer(turn, asked):
        return None
    if turn.form and turn.intent in _YES_OR_NO:
        return None  # the form asks for such an answer, an agency seldom
    return None if _is_something_else(turn, asked) else _answer(turn, asked)


def answered_later(turn: Turn) -> Care | None:
    """The same after something else was said: only what nothing else could be."""
    asked = turn.metadata.get("asked_by_agency")
    if not asked or not _may_answer(turn, asked) or turn.form or begun(turn.slots):
        return None
    unclear = turn.intent in _SHARED or (turn.intent in _UNSURE and turn.words > 1)
    return _answer(turn, asked) if unclear and not _is_of_another(turn, asked, _SURE) else None


def _answer(turn: Turn, asked: Mapping[str, Any]) -> Care:
    words = details(turn, WISH) if turn.intent == WISH else words_of(turn)
    return Care(WISH, asked["reference"], words=words, files=files_of(turn))


def _may_answer(turn: Turn, asked: Mapping[str, Any]) -> bool:
    """Whether there is something that an agency could be told, and no other case's number in it."""
    told = bool(turn.text) or turn.intent in _SHARED
    other = turn.value("reference") not in (None, asked["reference"].replace("-", ""))
    return told and not turn.is_command and not other and turn.form != "status_form"


def _is_something_else(turn: Turn, asked: Mapping[str, Any]) -> bool:
    if turn.intent in CASE_TYPES:
        return _is_new_case(turn, asked)
    if turn.intent in _GREETINGS:
        return turn.interrupts and turn.words <= _GREETING
    return turn.interrupts and turn.intent not in _NEVER_ELSE


def _is_new_case(turn: Turn, asked: Mapping[str, Any]) -> bool:
    """Whether something is to be filed: it says so, or is sure to be of quite another matter than the case."""
    if not turn.text or wished(turn.text) or has("another_case", turn.text):
        return True
    return turn.confidence >= _SURE and turn.words >= _A_STORY and _is_of_another(turn, asked, _SURE_OF_ANOTHER)


def _is_of_another(turn: Turn, asked: Mapping[str, Any], sure: float) -> bool:
    """Whether the words are of a category of another group: those of one are often taken for each other."""
    category = turn.category(sure)
    return category not in (None, UNCLEAR) and _group(str(category)) != _group(asked["category"])


def _group(category: str) -> str:
    return category.partition(".")[0]

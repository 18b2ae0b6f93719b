"""Coming back to a half-filled case after a pause: on with it, or anew, as the person's words say or are asked."""

from dataclasses import replace
from typing import Any

from actions.asides import IN_BETWEEN, answer_in_between
from actions.begin import take_beginning
from actions.draft import FIELDS, INITIAL, QUESTIONS, begun
from actions.in_case_form import read_in_form
from actions.reading import Reading
from actions.reference import read_reference
from actions.set_aside import set_aside
from actions.summary import draft_in_short
from actions.turn import Turn
from actions.word_lists import has

ASKED = {"return_asked", "which_asked"}
"""Topics under which a person was asked whether to go on with a draft."""
LOOKED_UP = {"check_status", "faq_lost_reference", "faq_which_agency", "list_my_cases", "speak_to_agent"}
"""What is answered before that question is asked again, by action_offer_draft, since it is not known here."""

_OFFERS = {
    "return_asked": ("say_return_offered", "say_return_offered_again"),
    "which_asked": ("say_which_draft", "say_which_draft_again"),
}
_NEW_MATTER = {"report_complaint", "make_suggestion", "make_inquiry", "give_compliment"}
_SURE = 0.6
_A_STORY = 3
_FEW_WORDS = 5
# Rules answer these inside the form as at any time, and the question stands again.
_NOT_ANSWERED_BY_RULES = {"greet", "thank", "goodbye", "stale_button", "ask_help", "add_information", "edit_message"}
# What shows that a message was no answer though it left something behind.
_TRACES = {"area_words", "reopened", "files"}
_KEPT_OF_A_TURN = ("text", "intent", "confidence", "entities", "categories")


def is_back(turn: Turn) -> bool:
    """Whether the person was away, and their draft waits."""
    return bool(turn.metadata.get("away")) and turn.form != "status_form" and begun(turn.slots)


def with_kept_draft(turn: Turn) -> Turn:
    """The turn with the draft that the service kept, where the conversation itself has lost it."""
    kept = (turn.metadata.get("away") or {}).get("draft") or {}
    if turn.form or begun(turn.slots) or not begun(kept):
        return turn
    known = {name: value for name, value in kept.items() if name in FIELDS}
    return replace(turn, slots={**turn.slots, **INITIAL, **known})


def speaks_of_draft(turn: Turn) -> bool:
    """Whether the message is to be read with the draft in mind: the first after a pause, or a button of an offer."""
    pressed = turn.intent == "start_anew" or (turn.intent == "resume_draft" and not turn.form and begun(turn.slots))
    return pressed or (is_back(turn) and not turn.is_command)


def come_back(reading: Reading, files: int) -> bool:
    """Read the first message after a pause; whether the form goes on. Else a rule asks, by the slot `topic`."""
    turn = reading.turn
    if wants_to_go_on(turn):
        return _go_on(reading, "say_goes_on")
    if wants_anew(turn):
        return begin_anew(reading)
    if is_new_matter(turn):
        return _ask_which(reading)
    answered_by_rules = turn.interrupts and turn.intent not in _NOT_ANSWERED_BY_RULES
    if turn.form and (answered_by_rules or turn.value("reference")):
        read_in_form(reading, files)
        return reading.handled
    if not turn.form and _is_answered_first(reading):
        reading.set(topic="return_asked")
        return False
    if _is_answer(reading, files):
        reading.said.insert(0, ("say_welcome_back", {}))
        return True
    reading.set(topic="return_asked")
    return False


def answer_offer(reading: Reading, files: int) -> bool:
    """Read the answer to «on with it, or anew»; whether the form goes on."""
    turn, which = reading.turn, reading.turn.slots.get("topic") == "which_asked"
    if wants_anew(turn) or (turn.intent == "deny" and not which):
        return begin_anew(reading)
    if turn.intent == "cancel" and not has("undo", turn.text):
        reading.set(topic="cancel")
        return False
    if is_new_matter(turn):
        return begin_anew(reading, turn)
    if wants_to_go_on(turn) or turn.intent in ("affirm", "done"):
        return _go_on(reading, "say_goes_on")
    if _is_answered_first(reading):
        reading.set(topic=turn.slots["topic"])
        return False
    if not _is_answer(reading, files):
        return _go_on(reading, "say_goes_on")
    return True


def begin_anew(reading: Reading, told: Turn | None = None) -> bool:
    """Put the draft aside and begin another: with the words `told`, those that were kept, or the first question."""
    turn = reading.turn
    kept: dict[str, Any] | None = turn.slots.get("other_words") if turn.slots.get("topic") == "which_asked" else None
    language = reading.slots.get("language")
    if begun(turn.slots):
        reading.set(set_aside=set_aside(turn.slots))
    reading.set(**INITIAL, other_words=None, topic=None if turn.form else "case", language=language)
    reading.say("say_begun_anew")
    if told or kept:
        reading.turn = told or _as_told(turn, kept or {})
        take_beginning(reading)
    return True


def wants_to_go_on(turn: Turn) -> bool:
    """Whether it says «نكمل», by button or in words."""
    return turn.intent == "resume_draft" or (turn.words <= _FEW_WORDS and has("go_on", turn.text))


def wants_anew(turn: Turn) -> bool:
    """Whether it says «من جديد», by button or in words."""
    return turn.intent == "start_anew" or (turn.words <= _FEW_WORDS and has("anew", turn.text))


def is_new_matter(turn: Turn) -> bool:
    """Whether it tells of a matter of another field than the draft's."""
    slots = turn.slots
    known = slots.get("category") or next(iter(slots.get("category_options") or ()), None)
    code = turn.category(_SURE)
    told = turn.intent in _NEW_MATTER and turn.words >= _A_STORY and code and slots.get("description")
    return bool(told and known and str(code).split(".")[0] != str(known).split(".")[0])


def open_question(slots: dict[str, Any]) -> str:
    """The question of a draft that stands open."""
    return next((question for question in QUESTIONS if slots.get(question) is None), "confirm")


def _go_on(reading: Reading, said: str) -> bool:
    reading.set(topic=None if reading.turn.form else "case", confirm=None)
    reading.say(said)
    reading.answered()
    return True


def _ask_which(reading: Reading) -> bool:
    turn = reading.turn
    told = {name: getattr(turn, name) for name in _KEPT_OF_A_TURN}
    files = [file["id"] for file in turn.metadata.get("attachments") or ()]
    reading.set(topic="which_asked", other_words={**told, "files": files})
    for slot in ("attachments", "files"):
        if slot in reading.changes:
            reading.slots[slot] = turn.slots.get(slot)
            del reading.changes[slot]
    return False


def _as_told(turn: Turn, kept: dict[str, Any]) -> Turn:
    told = {name: kept[name] for name in _KEPT_OF_A_TURN}
    told["entities"] = tuple(kept["entities"])
    told["categories"] = tuple((code, confidence) for code, confidence in kept["categories"])
    files = [{"id": file} for file in kept["files"]]
    return replace(turn, **told, metadata={**turn.metadata, "attachments": files})


def _is_answer(reading: Reading, files: int) -> bool:
    """Whether the message answers the question that stood open, or changes the draft; if so it is taken."""
    turn = reading.turn
    if turn.intent in ("greet", "stale_button"):
        return False
    inside = replace(
        turn,
        form="case_form",
        question=turn.question or open_question(dict(turn.slots)),
        slots={**turn.slots, "tries": 0},
    )
    trial = Reading(inside)
    trial.set(**reading.changes, tries=0)
    read_in_form(trial, files)
    told = any(trial.slots.get(field) != turn.slots.get(field) for field in set(FIELDS) - _TRACES)
    if not told or trial.changes.get("topic"):
        return False
    reading.turn, reading.slots, reading.said = inside, trial.slots, trial.said
    reading.changes.update(trial.changes)
    reading.set(topic=None if turn.form else "case")
    return True


def comes_between(turn: Turn) -> bool:
    """Whether it is surely a question of its own, or the number of a case, and no word on the draft."""
    asked = turn.interrupts and turn.intent in LOOKED_UP | IN_BETWEEN.keys() - {"greet"}
    return asked or turn.value("reference") is not None


def offer(turn: Turn) -> tuple[str, dict[str, object]]:
    """What is asked of a person who is back, by its name in domain.yml, and what it tells of the draft."""
    first, again = _OFFERS["which_asked" if turn.slots.get("topic") == "which_asked" else "return_asked"]
    return again if comes_between(turn) else first, {"draft": draft_in_short(turn.slots)}


def _is_answered_first(reading: Reading) -> bool:
    """Whether the message asks something else: that is answered, and the draft is spoken of after it."""
    if not comes_between(reading.turn):
        return False
    read_reference(reading)
    answer_in_between(reading)
    return True

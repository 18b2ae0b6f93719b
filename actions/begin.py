"""A message outside the case form: whether a case begins with it, and what of the case it holds already."""

from actions.answers.description import take_description
from actions.before import offers, take_no_name, wants_no_name
from actions.draft import CASE_TYPES, INITIAL, wished
from actions.edits import edit_draft
from actions.facts import take_pin, take_place, take_type
from actions.other_matters import keep
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import only

_SHARED = {"share_attachment", "share_location", "edit_draft"}
_UNSURE = {"inform", "nlu_fallback"}
_WISH = 0.8
_SUBJECT = 0.6
_FEW_WORDS = 3
_A_SENTENCE = 6
# The router knows faults better than these: at some length they are no bare wish, whatever it thinks.
_TOLD_AT_LENGTH = {"make_suggestion", "make_inquiry", "give_compliment"}


def begins(reading: Reading) -> bool:
    """Whether the case form opens with this message; takes what it holds.

    Where the intent does not say so, rules see it by the slot `topic`, which is set before for files on their own.
    """
    turn = reading.turn
    if turn.intent in CASE_TYPES or turn.intent in _SHARED or reading.slots["topic"] == "case":
        take_beginning(reading)
        return True
    unsure = turn.intent in _UNSURE or (turn.form is None and not turn.interrupts)
    if (turn.intent in _UNSURE and _seems_a_case(reading)) or (unsure and wished(turn.text)):
        take_beginning(reading)
        reading.set(topic="case")
        return True
    return False


def begin_with(reading: Reading, turn: Turn) -> None:
    """Open the form with a message of before, as it was understood then."""
    now, reading.turn = reading.turn, turn
    reading.set(**INITIAL)
    take_description(reading)
    reading.turn = now


def _seems_a_case(reading: Reading) -> bool:
    turn = reading.turn
    code, confidence = turn.categories[0] if turn.categories else ("none", 0.0)
    if code == "none":
        return any(map(str.isalnum, turn.text)) and confidence >= _WISH
    described = confidence >= _SUBJECT and turn.words >= _FEW_WORDS
    return described or any(turn.value(name) for name in ("area", "block", "road"))


def take_beginning(reading: Reading) -> None:
    """Empty the draft, save for files that came before the first word, and take what the message holds of a case."""
    turn = reading.turn
    files = reading.slots.get("attachments")
    reading.set(**{**INITIAL, "attachments": files, "follows": turn.value("follows")})
    if turn.intent == "edit_draft":
        edit_draft(reading)
        return
    take_pin(reading)
    offers(reading)
    if wants_no_name(turn):
        take_no_name(reading)
    says_so = turn.intent in CASE_TYPES
    if turn.second:
        keep(reading, turn.second)
    about = turn.category(0.0 if says_so else _SUBJECT) and (says_so or turn.words >= _FEW_WORDS)
    at_length = turn.intent in _TOLD_AT_LENGTH and turn.words >= _A_SENTENCE
    if (about or at_length) and not only("wish", turn.text):
        take_description(reading)
    else:
        take_place(reading)
        if says_so or wished(turn.text) or (turn.categories and turn.categories[0][0] == "none"):
            take_type(reading)

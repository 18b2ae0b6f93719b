"""Complaint, suggestion, inquiry or compliment."""

from actions.asides import answer_aside, is_aside
from actions.draft import CASE_TYPES, kinds_named
from actions.reading import OFFERED_AFTER, Reading

_NO_KIND = ("affirm", "deny", "done")

_BARE = 2
_FEW_WORDS = 6


def read(reading: Reading) -> None:
    """A button, or the kind by its name."""
    turn = reading.turn
    named, chosen = kinds_named(turn.text), turn.value("case_type")
    if chosen in CASE_TYPES.values():
        reading.set(case_type=chosen)
    elif turn.intent == "skip" or (turn.intent in _NO_KIND and not named):
        if reading.unusable("say_case_type_unclear") > OFFERED_AFTER:
            reading.set(case_type="complaint")
    elif len(named) == 1 and turn.words <= _BARE and not (turn.interrupts and turn.intent == "thank"):
        reading.set(case_type=named[0])
    elif turn.interrupts:
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif len(named) == 1 and turn.words <= _FEW_WORDS:
        reading.set(case_type=named[0])

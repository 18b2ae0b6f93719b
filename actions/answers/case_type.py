"""Complaint, suggestion, inquiry or compliment."""

from actions.draft import CASE_TYPES
from actions.reading import OFFERED_AFTER, Reading

_NO_KIND = ("affirm", "deny", "skip", "done")


def read(reading: Reading) -> None:
    """A button, or a message of that kind."""
    turn = reading.turn
    chosen = turn.value("case_type") or CASE_TYPES.get(turn.intent)
    if chosen in CASE_TYPES.values():
        reading.set(case_type=chosen)
    elif turn.intent in _NO_KIND and reading.unusable("say_case_type_unclear") > OFFERED_AFTER:
        reading.set(case_type="complaint")

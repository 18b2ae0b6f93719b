"""Complaint, suggestion, inquiry or compliment."""

from actions.draft import CASE_TYPES
from actions.reading import Reading


def read(reading: Reading) -> None:
    """A button, or a message of that kind."""
    turn = reading.turn
    chosen = turn.value("case_type") or CASE_TYPES.get(turn.intent)
    if chosen in CASE_TYPES.values():
        reading.set(case_type=chosen)
    elif turn.intent in ("affirm", "deny", "skip", "done"):
        reading.unusable()

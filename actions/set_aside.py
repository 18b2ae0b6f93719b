"""A draft that was cancelled, or left for another, is kept aside for a day: it may be wanted back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from actions.draft import INITIAL, begun
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has
from contact_center.clock import now

KEPT = timedelta(hours=24)
_FEW_WORDS = 5


def set_aside(slots: Mapping[str, Any]) -> dict[str, Any] | None:
    """The draft as it is kept aside, with the moment (ISO 8601, UTC); None where nothing was told yet."""
    if not begun(slots):
        return None
    return {"at": now().isoformat(), "slots": {name: slots.get(name) for name in INITIAL}}


def is_wanted_back(turn: Turn) -> bool:
    """Whether the message asks for the draft that was set aside («رجعها», "undo"), and it is there still."""
    asked = turn.intent == "restore_draft" or (turn.words <= _FEW_WORDS and has("undo", turn.text))
    kept: dict[str, Any] = turn.slots.get("set_aside") or {}
    return asked and bool(kept) and now() - datetime.fromisoformat(kept["at"]) <= KEPT


def bring_back(reading: Reading) -> bool:
    """Everything as it was, at the question that stood open."""
    reading.set(**reading.turn.slots["set_aside"]["slots"])
    reading.set(set_aside=None, confirm=None, topic="case")
    reading.say("say_restored")
    return True

"""Where exactly: block, road, building, or something nearby, in words."""

from actions.facts import take_block, take_place
from actions.reading import Reading

_MAX = 300


def read(reading: Reading) -> None:
    """Any words are an address; its parts are kept beside them."""
    turn = reading.turn
    if turn.intent in ("skip", "deny", "done"):
        reading.set(address="")
    elif turn.interrupts or turn.intent == "go_back":
        return
    elif not any(letter.isalnum() for letter in turn.text) or turn.intent == "affirm":
        reading.unusable()
    else:
        _take(reading)


def _take(reading: Reading) -> None:
    turn = reading.turn
    reading.set(address=turn.text.strip()[:_MAX])
    if not reading.slots.get("area"):
        take_place(reading)
        return
    parts = {name: turn.value(name) for name in ("block", "road", "building") if turn.value(name)}
    reading.set(**parts)
    if parts.get("block"):
        take_block(reading, str(parts["block"]))

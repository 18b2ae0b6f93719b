"""Where exactly: block, road, building, or something nearby, in words."""

from actions.facts import take_address_parts, take_place
from actions.reading import Reading

_MAX = 300


def read(reading: Reading) -> None:
    """Any words are an address; its parts are kept beside them."""
    turn = reading.turn
    if turn.declines:
        reading.set(address="")
    elif turn.interrupts or turn.intent == "go_back":
        return
    elif not any(letter.isalnum() for letter in turn.text) or turn.intent == "affirm":
        reading.unusable()
    else:
        _take(reading)


def _take(reading: Reading) -> None:
    """A place named in it, such as «يم مستشفى سترة», is the area only where none is known."""
    if reading.slots.get("area"):
        take_address_parts(reading)
    else:
        take_place(reading)
    reading.set(address=reading.turn.text.strip()[:_MAX])

"""Where exactly: block, road, building, or something nearby, in words."""

from actions.answers.description import take_more, tells_more
from actions.asides import answer_aside, is_aside
from actions.facts import take_address_parts, take_place
from actions.place_words import has_part, landmark, names_place
from actions.reading import OFFERED_AFTER, Reading

_MAX = 300


def read(reading: Reading) -> None:
    """A place; what names none is asked again once, then taken as it is."""
    turn = reading.turn
    if turn.declines:
        reading.set(address="")
    elif turn.interrupts or turn.intent == "go_back":
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif tells_more(turn) and not has_part(turn):
        take_more(reading)
    elif not any(letter.isalnum() for letter in turn.text) or turn.intent == "affirm":
        _not_usable(reading)
    elif names_place(turn) or reading.slots.get("tries"):
        _take(reading)
    else:
        reading.unusable("say_address_unclear")


def _not_usable(reading: Reading) -> None:
    if reading.unusable("say_address_unclear") > OFFERED_AFTER:
        reading.leave_out(address="")


def _take(reading: Reading) -> None:
    """A place named in it, such as «يم مستشفى سترة», is the area only where none is known."""
    if reading.slots.get("area"):
        take_address_parts(reading)
    else:
        take_place(reading)
    reading.set(address=landmark(reading.turn, whole=True)[:_MAX])

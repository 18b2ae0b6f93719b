"""What the person's last cases say: the place, offered again, and the name, taken over; and no name at all."""

from collections.abc import Mapping
from typing import Any

from actions.asides import asks
from actions.draft import Slots
from actions.known import catalogue
from actions.place_words import names_place
from actions.reading import Reading
from actions.summary import place_in_short
from actions.turn import Turn
from actions.word_lists import has

_PLACE = ("area", "governorate", "block", "road", "building", "address", "lat", "lon")
_FEW_WORDS = 6
_ABOUT_ONESELF = 9


def place_before(turn: Turn) -> Mapping[str, Any]:
    """The place of the person's last case, by slot; empty where there is none."""
    return (turn.metadata.get("before") or {}).get("place") or {}


def wants_same_place(turn: Turn) -> bool:
    """Whether it says «نفس المكان», by button or in words."""
    return turn.intent == "same_place" or (0 < turn.words <= _FEW_WORDS and has("same_place", turn.text))


def take_same_place(reading: Reading) -> None:
    """Set the place to that of the last case, where there is one."""
    place = place_before(reading.turn)
    if place:
        known = {**dict.fromkeys(_PLACE), "address": "", "area": "", **place}
        reading.set(**known, area_words=None, area_step="name", confirm=None)
        reading.say("say_place_kept")
    else:
        reading.say("say_no_place_before")
    reading.answered()


def offers(reading: Reading) -> None:
    """Note what can be offered at the questions for the place: the same as last time."""
    place = place_before(reading.turn)
    finer = any(place.get(part) for part in ("block", "road", "address")) or place.get("lat") is not None
    known = reading.slots.get("area")
    reading.set(
        knows_place=bool(place),
        knows_address=bool(finer and place.get("area") == known),
        place_before=place_in_short({**place, "language": reading.slots.get("language")}) if place else None,
    )


def wants_no_name(turn: Turn) -> bool:
    """Whether the person wants to stay unknown to the agency («ما ابي اسمي يطلع»), not whether they may."""
    said = has("anonymous", turn.text)
    briefly = turn.words <= _FEW_WORDS and has("nameless", turn.text) and not names_place(turn)
    return (said or briefly) and not asks(turn)


def take_no_name(reading: Reading) -> bool:
    """Leave name and phone out, where the category allows it; whether the message says nothing else."""
    if may_be_anonymous(reading.slots):
        reading.set(anonymous=True, contact_name="", contact_phone="", confirm=None)
        reading.say("say_anonymous")
    else:
        reading.say("say_name_needed")
    alone = reading.turn.words <= _ABOUT_ONESELF
    if alone:
        reading.answered()
    return alone


def may_be_anonymous(slots: Slots) -> bool:
    """Whether a case of the draft's category can be dealt with for somebody unknown."""
    return slots.get("category") not in catalogue().named

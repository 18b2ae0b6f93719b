"""Where it is: by name, block or pin; by governorate where the name is not known."""

import re

from actions.answers.description import extend_description, take_more, tells_more
from actions.asides import answer_aside, asks, is_small_talk
from actions.facts import take_place
from actions.known import catalogue
from actions.place_words import is_mostly_place, landmark
from actions.reading import Reading
from bot.arabic import normalise

_IN = re.compile(r"^(?:في|فى|عند|in)\s+")
_LONGEST_NAME = 60
_LONGEST_ADDRESS = 300
_NAME_TRIES = 2


def read(reading: Reading) -> None:
    """A place; one that is not known is explained once, then the governorate is asked, then the words are kept."""
    turn = reading.turn
    governorate = turn.value("governorate") or governorate_named(turn.text)
    if governorate in catalogue().governorates and (not turn.text or reading.slots.get("area_step") == "governorate"):
        _finish(reading, governorate)
    elif take_place(reading):
        if tells_more(turn) and not is_mostly_place(turn):
            extend_description(reading)
        _settle_place(reading)
    elif governorate:
        _finish(reading, governorate)
    elif tells_more(turn):
        take_more(reading)
    elif turn.interrupts:
        return
    elif is_small_talk(turn) or asks(turn):
        answer_aside(reading)
    elif turn.intent not in ("emergency", "go_back"):
        _not_known(reading)


def governorate_named(text: str) -> str | None:
    """The governorate that a short answer names («الشمالية», "capital")."""
    words = set(normalise(text).split())
    for governorate in catalogue().governorates.values():
        names = f"{normalise(governorate.name_ar)} {normalise(governorate.name_en)}".split()
        own = set(names) - {"محافظه", "المحافظه", "governorate"}
        if words & own and len(words) <= 3:
            return governorate.code
    return None


def _settle_place(reading: Reading) -> None:
    """An area, or a block, which says as much; of a road or a landmark by itself the area is still to be asked."""
    if reading.slots.get("area") is None and reading.slots.get("block"):
        reading.set(area="")
    elif reading.slots.get("area") is None:
        _keep_part(reading)
    reading.answered()


def _keep_part(reading: Reading) -> None:
    """«طريق 15 مقابل المسجد»: kept; then the area, at last the governorate is asked for, as of a name not known."""
    if words := landmark(reading.turn):
        reading.set(address=words[:_LONGEST_ADDRESS])
    tries = reading.unusable("say_part_of_place")
    if tries == _NAME_TRIES:
        reading.set(area_step="governorate")
    elif tries > _NAME_TRIES:
        _finish(reading, None)


def _finish(reading: Reading, governorate: str | None) -> None:
    step = "name" if governorate else "unknown"
    reading.set(governorate=governorate, area=reading.slots.get("area_words") or "", area_step=step)


def _not_known(reading: Reading) -> None:
    plain = reading.turn.intent in ("skip", "affirm", "deny", "done")
    tries = reading.unusable("say_cannot_skip" if plain else None)
    if not plain:
        if any(sign.isalpha() for sign in reading.turn.text):
            reading.set(area_words=_IN.sub("", reading.turn.text.strip())[:_LONGEST_NAME] or None)
        if tries < _NAME_TRIES:
            reading.say("say_area_unknown")
    if tries == _NAME_TRIES:
        reading.set(area_step="governorate")
    elif tries > _NAME_TRIES:
        _finish(reading, None)

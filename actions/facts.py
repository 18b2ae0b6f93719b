"""Facts that any message may hold: places and numbers in its words, files, a pin, the kind of case."""

import re

from actions.draft import CASE_TYPES
from actions.reading import Reading
from bot.arabic import AreaMatch, find_areas, governorate_of_block, nearest_area, normalise

_SURE_OF_KIND = 0.75
_NEGATED = re.compile(r"(?:\bم[وب]|\bمش|\bموب|\bليس(?:ت)?|\bغير|\bnot|\bmo|\bmob)\s*(?:في|ب|in)?\s*$")


def take_place(reading: Reading) -> bool:
    """Set area, governorate, block, road and building as far as the words name them; whether they did."""
    turn = reading.turn
    parts = {name: turn.value(name) for name in ("block", "road", "building") if turn.value(name)}
    reading.set(**parts)
    area = meant_area(turn.text)
    if area:
        reading.set(area=area.area, governorate=area.governorate, area_words=None)
    if parts.get("block") and not area:
        take_block(reading, str(parts["block"]))
    return bool(parts or area)


def take_block(reading: Reading, block: str) -> None:
    """The governorate of a block, where the block is known."""
    governorate = governorate_of_block(int(block)) if block.isdecimal() else None
    if governorate and not reading.slots.get("area"):
        reading.set(governorate=governorate)


def meant_area(text: str) -> AreaMatch | None:
    """The area that a message means: not the one it takes back («سند مو سترة»)."""
    found = find_areas(text)
    kept = [match for match in found if not _NEGATED.search(normalise(text[: match.start]))]
    return kept[-1] if kept and len(kept) < len(found) else next(iter(kept), None)


def take_pin(reading: Reading) -> bool:
    """Set the place to a shared location; whether there was one that lies in Bahrain."""
    pin = reading.turn.metadata.get("location")
    if not pin:
        return False
    area = nearest_area(pin["lat"], pin["lon"])
    if area is None:
        reading.say("say_location_outside")
        return False
    reading.set(lat=pin["lat"], lon=pin["lon"], area_words=None)
    if not reading.slots.get("area"):
        reading.set(area=area.name, governorate=area.governorate)
    return True


def take_files(reading: Reading) -> int:
    """Keep the files of the message, and note why others were refused; returns how many came."""
    files = [file["id"] for file in reading.turn.metadata.get("attachments") or ()]
    if files:
        open_question = reading.turn.form == "case_form" and reading.turn.question == "attachments"
        slot = "files" if open_question else "attachments"
        kept = list(dict.fromkeys([*(reading.slots.get(slot) or ()), *files]))
        reading.set(**{slot: kept})
    refused = reading.turn.metadata.get("refused_files") or ()
    reading.set(refused=refused[0] if refused else "none")
    return len(files)


def take_type(reading: Reading) -> None:
    """Set the kind of case by what the message is, unless it is known; a complaint where it could be anything."""
    if reading.slots.get("case_type") is None:
        surely = reading.turn.confidence >= _SURE_OF_KIND
        reading.set(case_type=CASE_TYPES.get(reading.turn.intent, "complaint") if surely else "complaint")

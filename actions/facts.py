"""Facts that any message may hold: places and numbers in its words, files, a pin, the kind of case."""

import re

from actions.draft import CASE_TYPES, kinds_named, wished
from actions.known import catalogue
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has
from bot.arabic import (
    AreaMatch,
    digits,
    find_address,
    find_areas,
    governorate_of_block,
    is_taken_back,
    nearest_area,
    normalise,
)

PARTS = ("block", "road", "building")
_SURE_OF_KIND = 0.75
_NUMBER = re.compile(r"(?<!\w)\d{1,5}(?!\w)")
_NEGATED = re.compile(r"(?:\bم[وب]|\bمش|\bموب|\bليس(?:ت)?|\bغير|\bnot|\bmo|\bmob)\s*(?:في|ب|in)?\s*$")


def take_place(reading: Reading) -> bool:
    """Set area, governorate, block, road and building as far as the words name them; whether they did."""
    before = reading.slots.get("area")
    parts = take_address_parts(reading)
    area = meant_area(reading.turn.text, before)
    if area:
        reading.set(area=area.area, governorate=area.governorate, area_words=None)
        if before and area.area != before:
            _leave_place_before(reading, area.governorate)
    elif not reading.slots.get("governorate"):
        reading.set(governorate=_governorate_of(reading.turn.value("agency")))
    return bool(parts or area)


def take_address_parts(reading: Reading) -> bool:
    """Set block, road and building as far as the words name them; words of before stay where they name a place."""
    turn = reading.turn
    parts = _meant_parts(turn)
    address = reading.slots.get("address") or ""
    words = has("near", address) or has("landmark", address)
    if parts and address and (find_address(address) or not words):
        reading.set(address="")
    reading.set(**parts)
    if "block" in parts:
        take_block(reading, parts["block"])
    return bool(parts)


def _meant_parts(turn: Turn) -> dict[str, str]:
    """Block, road and building as the message means them: of «المجمع ٧٤٣ مو ٧٣٤», both of which are found, 743."""
    meant = find_address(turn.text)
    named = {name: getattr(meant, name) if turn.text else turn.value(name) for name in PARTS if turn.value(name)}
    return {name: str(value) for name, value in named.items() if value} or number_instead(turn)


def number_instead(turn: Turn) -> dict[str, str]:
    """The part of the known address whose number is taken back for another: «4523 mo 4532», whatever it is called."""
    written = digits(turn.text)
    numbers = [(found[0], is_taken_back(written, found.start())) for found in _NUMBER.finditer(written)]
    meant = [number for number, taken_back in numbers if not taken_back]
    wrong = [number for number, taken_back in numbers if taken_back]
    parts = [part for part in PARTS if turn.slots.get(part) in wrong]
    return {parts[0]: meant[0]} if len(parts) == len(meant) == 1 else {}


def _leave_place_before(reading: Reading, governorate: str) -> None:
    """Of another area, nothing holds that was said of the one before: a block of another governorate, and its words."""
    block, named = reading.turn.slots.get("block"), reading.turn.value("block")
    stays = block and named in (None, block) and governorate_of_block(int(block)) == governorate
    dropped = () if stays else tuple(name for name in PARTS if not reading.turn.value(name))
    said_before = any(reading.slots.get(name) for name in (*dropped, "address"))
    reading.set(**dict.fromkeys(dropped))
    if dropped and said_before:
        reading.set(address=None)


def take_block(reading: Reading, block: str) -> None:
    """The governorate of a block, where the block is known."""
    governorate = governorate_of_block(int(block)) if block.isdecimal() else None
    if governorate and not reading.slots.get("area"):
        reading.set(governorate=governorate)


def meant_area(text: str, known: str | None = None) -> AreaMatch | None:
    """The area that a message means: not one that it takes back («سند مو سترة»), rather another than the known one."""
    kept = [match for match in find_areas(text) if not _NEGATED.search(normalise(text[: match.start]))]
    return next((match for match in kept if match.area != known), next(iter(kept), None))


def _governorate_of(agency: str | None) -> str | None:
    """The governorate that a municipal body or a governorate's agency serves."""
    governorates = catalogue().governorates.values()
    return next((entry.code for entry in governorates if agency in (entry.municipality, entry.agency)), None)


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
    note_refused_files(reading)
    files = [file["id"] for file in reading.turn.metadata.get("attachments") or ()]
    if files:
        open_question = reading.turn.form == "case_form" and reading.turn.question == "attachments"
        slot = "files" if open_question else "attachments"
        kept = list(dict.fromkeys([*(reading.slots.get(slot) or ()), *files]))
        reading.set(**{slot: kept})
    return len(files)


def note_refused_files(reading: Reading) -> None:
    """Note why files were not kept, and say it."""
    refused = reading.turn.metadata.get("refused_files") or ()
    reading.set(refused=refused[0] if refused else "none")
    if refused and reading.turn.intent != "unsupported_message":  # on its own it is answered by a rule
        reading.say("utter_unsupported")


def take_type(reading: Reading) -> None:
    """Set the kind of case by what the message is, unless it is known; a complaint where it could be anything."""
    if reading.slots.get("case_type") is None:
        reading.set(case_type=_kind_of(reading.turn))


def _kind_of(turn: Turn) -> str:
    """What the model is sure of, or says as the words do: «أود الاستفسار عن دوري»; a bare wish by its words."""
    understood = CASE_TYPES.get(turn.intent)
    if understood and (turn.confidence >= _SURE_OF_KIND or understood in kinds_named(turn.text)):
        return understood
    return wished(turn.text) or "complaint"

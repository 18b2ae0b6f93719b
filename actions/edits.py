"""Fields set by hand at the call desk, and messages that were edited after they were sent."""

from collections.abc import Callable, Mapping
from typing import Any

from actions.answers.category import choose
from actions.corrections import empty_or_open
from actions.draft import CASE_TYPES
from actions.facts import take_block
from actions.known import catalogue
from actions.person import name_in
from actions.reading import Reading
from actions.summary import changed
from actions.texts import text
from bot.arabic import area_named, normalise, parse_phone

_WORDS = {"lat": "location", "lon": "location"}
_FREE_TEXTS = ("description", "address", "contact_name")


def edit_draft(reading: Reading) -> None:
    """Set the fields that were sent, each by its own check; None empties one. What is wrong is said and not set."""
    for field, value in (reading.turn.metadata.get("draft") or {}).items():
        if field not in _EDITORS:
            continue
        if value is None or not str(value).strip():
            reading.set(**{field: empty_or_open(field)})
        elif not _EDITORS[field](reading, str(value).strip()):
            reading.say("say_edit_refused", field=text(f"word_{_WORDS.get(field, field)}", reading.slots))
    if reading.slots.get("case_type") is None:
        reading.set(case_type="complaint")
    if reading.slots.get("category") is None and not reading.slots.get("category_options"):
        reading.set(category_step="sections")
    reading.set(confirm=None, changing=False)


def edit_message(reading: Reading) -> bool:
    """Put an edited message where its first version went; whether that was found."""
    edited = reading.turn.metadata.get("edited") or {}
    old, new = (edited.get("old") or "").strip(), (edited.get("new") or "").strip()
    for field in _FREE_TEXTS:
        kept = reading.slots.get(field)
        if old and new and kept and old in kept:
            reading.set(**{field: kept.replace(old, new), "confirm": None})
            reading.say("say_changed", changed=changed(reading.turn.slots, reading.slots))
            return True
    return False


def _case_type(reading: Reading, value: str) -> bool:
    if value in CASE_TYPES.values():
        reading.set(case_type=value)
    return value in CASE_TYPES.values()


def _category(reading: Reading, value: str) -> bool:
    code = value if value in catalogue().offered else _code_named(catalogue().offered, value)
    if code:
        choose(reading, code)
    return bool(code)


def _governorate(reading: Reading, value: str) -> bool:
    code = value if value in catalogue().governorates else _code_named(catalogue().governorates, value)
    if code:
        reading.set(governorate=code)
    return bool(code)


def _code_named(entries: Mapping[str, Any], name: str) -> str | None:
    names = {normalise(written): code for code, entry in entries.items() for written in (entry.name_ar, entry.name_en)}
    return names.get(normalise(name))


def _area(reading: Reading, value: str) -> bool:
    known = area_named(value)
    reading.set(area=known.name if known else value[:60])
    if known:
        reading.set(governorate=known.governorate)
    return True


def _block(reading: Reading, value: str) -> bool:
    reading.set(block=value[:10])
    take_block(reading, value)
    return True


def _phone(reading: Reading, value: str) -> bool:
    phone = parse_phone(value)
    if phone:
        reading.set(contact_phone=phone)
    return bool(phone)


def _name(reading: Reading, value: str) -> bool:
    name = name_in(value)
    if name:
        reading.set(contact_name=name)
    return bool(name)


def _text(field: str, longest: int) -> Callable[[Reading, str], bool]:
    def edit(reading: Reading, value: str) -> bool:
        reading.set(**{field: value[:longest]})
        return True

    return edit


def _degrees(field: str, most: float) -> Callable[[Reading, str], bool]:
    def edit(reading: Reading, value: str) -> bool:
        try:
            degrees = float(value)
        except ValueError:
            return False
        if abs(degrees) <= most:
            reading.set(**{field: degrees})
        return abs(degrees) <= most

    return edit


_EDITORS: Mapping[str, Callable[[Reading, str], bool]] = {
    "case_type": _case_type,
    "description": _text("description", 20_000),
    "category": _category,
    "governorate": _governorate,
    "area": _area,
    "block": _block,
    "road": _text("road", 10),
    "building": _text("building", 10),
    "address": _text("address", 300),
    "lat": _degrees("lat", 90),
    "lon": _degrees("lon", 180),
    "contact_name": _name,
    "contact_phone": _phone,
}

"""Whether a filed case says what the person said."""

from collections.abc import Iterator
from typing import Any

from bot.arabic import normalise
from tests.simulation.citizen import Citizen
from tests.simulation.people import PARTS, expected_agency

_NAMED_BY_THE_CHANNEL = {"telegram", "whatsapp"}
_KNOWN_BY_PHONE = {"whatsapp", "sms", "call_center"}


def wrong_fields(citizen: Citizen, case: dict[str, Any]) -> list[str]:
    """What is not as the person said, in sentences; empty where all is well."""
    expected = _expected(citizen, case)
    wrong = [f"{name} is {case[name]!r}, not {value!r}" for name, value in expected.items() if case[name] != value]
    return [*wrong, *_category(citizen, case), *_words(citizen, case)]


def _expected(citizen: Citizen, case: dict[str, Any]) -> dict[str, object]:
    told, channel = citizen.told, citizen.line.channel
    governorate = citizen.someone.governorate(told.get("area"))
    return {
        "type": citizen.someone.type,
        "agency": expected_agency(case["category"], governorate),
        "area": told.get("area"),
        **{part: told.get(part) for part in PARTS},
        "contact_name": told.get("contact_name")
        or (citizen.someone.name if channel in _NAMED_BY_THE_CHANNEL else None),
        "contact_phone": _phone(citizen),
        "channel": channel,
    }


def _phone(citizen: Citizen) -> str | None:
    told = citizen.told.get("contact_phone")
    if told:
        return told if told.startswith("+") else f"+973{told}"
    return citizen.phone_of_line if citizen.line.channel in _KNOWN_BY_PHONE else None


def _category(citizen: Citizen, case: dict[str, Any]) -> Iterator[str]:
    if case["category"] not in citizen.someone.categories:
        yield f"category is {case['category']}, not {citizen.someone.category}"


def _words(citizen: Citizen, case: dict[str, Any]) -> Iterator[str]:
    description = case["description"]
    for words in citizen.described:
        if words not in description:
            yield f"the description lacks «{words}»"
        elif description.count(words) > 1:
            yield f"the description has «{words}» twice"
    if foreign := _foreign_lines(citizen, description):
        yield f"the description holds what is no part of it: {foreign}"
    if len(case["attachments"]) != citizen.photos:
        yield f"{len(case['attachments'])} files instead of {citizen.photos}"
    address = citizen.told.get("address")
    if address and normalise(address) not in normalise(str(citizen.draft.get("address") or "")):
        yield f"the address is {citizen.draft.get('address')!r}, not {address!r}"


def _foreign_lines(citizen: Citizen, description: str) -> list[str]:
    for words in citizen.described:
        description = description.replace(words, "")
    return [line for line in description.splitlines() if line.strip()]

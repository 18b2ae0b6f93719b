"""Turns for tests, as Rasa would hand them over; what is not given is as it is at the start of a conversation."""

from typing import Any

from actions.draft import INITIAL
from actions.read_message import read
from actions.reading import Reading
from actions.turn import Turn
from bot.arabic import detect, find_areas, find_phones, find_references
from bot.arabic.addresses import find_address_parts

SURE = 0.95


def turn(
    text: str = "",
    intent: str = "inform",
    *,
    confidence: float = SURE,
    category: str = "none",
    sure: float = SURE,
    asked: str | None = None,
    payload: dict[str, str] | None = None,
    slots: dict[str, Any] | None = None,
    **metadata: Any,
) -> Turn:
    """A message at the question `asked` of its form (None: outside forms). `category`: what the router makes of it.

    Places, numbers and language are found in the text as the assistant's own components find them.
    """
    form = {None: None, "reference": "status_form"}.get(asked, "case_form")
    known = {**INITIAL, "language": "ar", "misses": 0, "lost": "first", "refused": "none", **(slots or {})}
    known["channel"] = metadata.get("channel", "webchat")
    entities = [{"entity": name, "value": value} for name, value in (payload or {}).items()]
    return Turn(
        conversation="test",
        text=text,
        intent=intent,
        confidence=confidence,
        entities=tuple(entities or _entities(text)),
        categories=((category, sure), ("other.unclear", 0.01)) if text else (),
        written_in=detect(text) if text else None,
        metadata={"channel": "webchat", **metadata},
        slots=known,
        form=form,
        question=asked,
    )


def reading(*args: Any, **given: Any) -> Reading:
    """What is read from a turn."""
    return read(turn(*args, **given))


def said(result: Reading) -> list[str]:
    """The names of what is said before the next question."""
    return [name for name, _ in result.said]


def _entities(text: str) -> list[dict[str, Any]]:
    found = [("area", area.area, area.start, area.end) for area in find_areas(text)]
    found += [("phone", phone.value, phone.start, phone.end) for phone in find_phones(text)]
    found += [("reference", number.value, number.start, number.end) for number in find_references(text)]
    found += [(each.part, each.value, each.start, each.end) for each in find_address_parts(text) if each.part != "flat"]
    return [{"entity": name, "value": value, "start": start, "end": end} for name, value, start, end in found]

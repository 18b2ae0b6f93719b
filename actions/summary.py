"""The draft as the person reads it before it is sent: their words, and names instead of codes."""

from collections.abc import Iterator

from actions.texts import Slots, text
from bot.arabic import english_name
from contact_center.agencies.catalogue import catalogue

_LONGEST = 600
_ADDRESS_PARTS = ("block", "road", "building")


def summary(slots: Slots) -> str:
    """One line for every field that has a value."""
    return "\n".join(f"{label}: {value}" for label, value in _lines(slots) if value)


def place_name(slots: Slots) -> str:
    """The area in the person's language, as they wrote it where it has no name there."""
    area = slots.get("area") or ""
    return (english_name(area) or area) if slots.get("language") == "en" else area


def shortened(words: str, longest: int = _LONGEST) -> str:
    """Words cut to a length that every channel carries."""
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def _lines(slots: Slots) -> Iterator[tuple[str, str]]:
    yield text("word_case_type", slots), text(f"word_type_{slots.get('case_type')}", slots)
    values = {
        "description": shortened(slots.get("description") or ""),
        "category": _name("categories", slots.get("category"), slots),
        "area": place_name(slots),
        "governorate": "" if slots.get("area") else _name("governorates", slots.get("governorate"), slots),
        "address": slots.get("address") or _parts(slots),
        "location": text("word_location_shared", slots) if slots.get("lat") is not None else "",
        "attachments": str(len(slots.get("attachments") or ()) or ""),
        "contact_name": slots.get("contact_name") or "",
        "contact_phone": f"\u2066{slots['contact_phone']}\u2069" if slots.get("contact_phone") else "",
    }
    for field, value in values.items():
        yield text(f"word_{field}", slots), value


def _parts(slots: Slots) -> str:
    known = [part for part in _ADDRESS_PARTS if slots.get(part)]
    return " ".join(f"{text(f'word_{part}', slots)} {slots[part]}" for part in known)


def _name(kind: str, code: str | None, slots: Slots) -> str:
    entry = getattr(catalogue(), kind).get(code or "")
    return str(entry.name(slots.get("language") or "ar")) if entry else ""

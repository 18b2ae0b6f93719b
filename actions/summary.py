"""The draft as the person reads it before it is sent: their words, and names instead of codes."""

from collections.abc import Iterator

from actions.known import catalogue
from actions.texts import Slots, text
from bot.arabic import english_name
from contact_center.agencies.entries import UNCLEAR

_LONGEST = 600
_SHORT = 80
_ADDRESS_PARTS = ("block", "road", "building")


def summary(slots: Slots) -> str:
    """One line for every field that has a value."""
    return "\n".join(f"{label}: {value}" for label, value in _lines(slots) if value)


def changed(before: Slots, after: Slots) -> str:
    """The lines that are new or different, but for the description, in one line; "" where they read as before."""
    told = _told(before, after)
    new = [f"{label}: {value}" for label, value in _told(after, after).items() if value and value != told[label]]
    return text("word_comma", after).join(new)


def replaced(before: Slots, after: Slots) -> bool:
    """Whether anything that the person had told, but for the description, reads otherwise now: not only longer."""
    now = _told(after, after)
    return any(value and now[label] and value not in now[label] for label, value in _told(before, after).items())


def place_name(slots: Slots) -> str:
    """The area in the person's language, as they wrote it where it has no name there."""
    area = slots.get("area") or ""
    return (english_name(area) or area) if slots.get("language") == "en" else area


def shortened(words: str, longest: int = _LONGEST) -> str:
    """Words cut to a length that every channel carries."""
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def _lines(slots: Slots) -> Iterator[tuple[str, str]]:
    kind = slots.get("case_type")  # open while it is being changed
    yield text("word_case_type", slots), text(f"word_type_{kind}", slots) if kind else ""
    values = {
        "description": shortened(slots.get("description") or ""),
        "category": _subject(slots),
        "area": place_name(slots),
        "governorate": "" if slots.get("area") else _name("governorates", slots.get("governorate"), slots),
        "address": address(slots),
        "location": text("word_location_shared", slots) if slots.get("lat") is not None else "",
        "attachments": str(len(slots.get("attachments") or ()) or ""),
        "contact_name": _name_of_person(slots),
        "contact_phone": f"\u2066{slots['contact_phone']}\u2069" if slots.get("contact_phone") else "",
    }
    for field, value in values.items():
        yield text(f"word_{field}", slots), value


def _told(slots: Slots, reader: Slots) -> dict[str, str]:
    """The lines but for the description, in the language of `reader`."""
    lines = dict(_lines({**slots, "language": reader.get("language")}))
    del lines[text("word_description", reader)]
    return lines


def draft_in_short(slots: Slots) -> str:
    """What a draft is about, in a line: the beginning of its description, else its place, else that there is a file."""
    words = " ".join((slots.get("description") or "").split())
    told = shortened(words, _SHORT) or place_in_short(slots)
    return told or text("word_attachments", slots)


def place_in_short(slots: Slots) -> str:
    """The place in a line: «سند، مجمع 745، طريق 4530»."""
    pin = "" if slots.get("lat") is None else text("word_location_before", slots)
    parts = [place_name(slots), address(slots)]
    return shortened(text("word_comma", slots).join(filter(None, parts)) or pin, _SHORT)


def address(slots: Slots) -> str:
    """Block, road, building and the words beside them in one line: «مجمع 541، طريق 4112، مقابل المسجد»."""
    known = [f"{text(f'word_{part}', slots)} {slots[part]}" for part in _ADDRESS_PARTS if slots.get(part)]
    return text("word_comma", slots).join([*known, *filter(None, [slots.get("address")])])


def _name_of_person(slots: Slots) -> str:
    """The name, with a word where it is known from before; that there is to be none."""
    if slots.get("anonymous"):
        return text("word_anonymous", slots)
    name = slots.get("contact_name") or ""
    remembered = name and name == slots.get("name_before")
    return f"{name} {text('word_from_before', slots)}" if remembered else name


def _subject(slots: Slots) -> str:
    unclear = slots.get("category") == UNCLEAR
    return text("word_unclear", slots) if unclear else _name("categories", slots.get("category"), slots)


def _name(kind: str, code: str | None, slots: Slots) -> str:
    entry = getattr(catalogue(), kind).get(code or "")
    return str(entry.name(slots.get("language") or "ar")) if entry else ""

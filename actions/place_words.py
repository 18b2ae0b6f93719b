"""The words of an address that are no block, road or building: «مقابل مسجد الشيخ»."""

import re

from actions.turn import Turn
from actions.word_lists import has, lists
from bot.arabic import normalise_with_offsets

_PARTS = ("block", "road", "building")
_EDGES = " \t\n.,،؛;:-–!؟?"
_SAYS_NOTHING = re.compile(
    r"(?:لا|لأ|و|في|هو|هي|بس|بعد|قلت لكم|قلت لك|العنوان|عنوان|المكان|غلط|الصحيح|الى|إلى|غير|مو"
    r"|المنطق[ةه]|منطق[ةه]|صححوا?|عدلوا?|غيروا?|address|area|the|is|it|in|at|and|of|no|not|wrong|please|correct|change"
    r")(?!\w)"
)


def landmark(turn: Turn, *, whole: bool = False) -> str:
    """What the message says of the place beside numbers, from the first word that tells («مقابل …»); "" for none.

    `whole`: the message answers the question for the address, so that all its words do; an area by itself is none.
    """
    rest = _without(turn, _PARTS)
    if whole:
        words = _trimmed(rest)
        return words if _trimmed(_without(turn, (*_PARTS, "area"))) else ""
    normalised = normalise_with_offsets(rest)
    found = lists()["near"].search(normalised.text)
    return rest[normalised.span(found.start(), found.end())[0] :].strip(_EDGES) if found else ""


def names_place(turn: Turn) -> bool:
    """Whether there is anything in it by which a place is found."""
    named = any(turn.value(name) for name in ("area", *_PARTS))
    return named or has("near", turn.text) or has("landmark", turn.text)


def has_part(turn: Turn) -> bool:
    """Whether there is the number of a block, road or building in it."""
    return any(turn.value(name) for name in _PARTS)


def repeats_place(turn: Turn) -> bool:
    """Whether all that it names of a place is in the draft already, with nothing nearby to find it by."""
    named = {name: turn.value(name) for name in ("area", *_PARTS) if turn.value(name)}
    rest = _without(turn, ("area", *_PARTS))
    known = all(turn.slots.get(name) == value for name, value in named.items())
    return bool(named) and known and not (has("near", rest) or has("landmark", rest))


def is_mostly_place(turn: Turn) -> bool:
    """Whether it says little but where: «مجمع 704 طريق 421 سند», «صوب الماتم»."""
    left = _trimmed(_without(turn, ("area", *_PARTS))).split()
    return names_place(turn) and (len(left) <= 1 or (len(left) <= 4 and has("near", " ".join(left[:1]))))


def _without(turn: Turn, names: tuple[str, ...]) -> str:
    text = turn.text
    spans = [(found["start"], found["end"]) for found in turn.entities if found["entity"] in names and "start" in found]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\s+([،,.])", r"\1", " ".join(text.split()))


def _trimmed(text: str) -> str:
    """Without commas at the edges and words that say nothing there."""
    before = None
    while text != before:
        before, text = text, text.strip(_EDGES)
        lead = _SAYS_NOTHING.match(text)
        text = text[lead.end() :] if lead else text
    return re.sub(r"[،,]\s*(?=[،,])", "", text)

"""A part of an address in a text, and what those who look for one share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

YEARS = range(1950, 2040)
_LETTERS = str.maketrans("ابجد", "ABCD")
_APART = re.compile(r"[ \-]")
_BACK = 30  # characters


@dataclass(frozen=True)
class AddressPart:
    """A block, road, building or flat that a text names at `text[start:end]`, label and number.

    `part` is "block", "road", "building" or "flat"; `value` is in Western digits, a building with its letter ("44A").
    `taken_back`: the text says that it is not this one («مو ٧٣٤»); `corrected`: that it is this one and not the one
    before («والصح ٧٤٣»).
    """

    part: str
    value: str
    start: int
    end: int
    taken_back: bool = False
    corrected: bool = False


def number_of(match: re.Match[str]) -> int:
    """The number that was matched, digits said one by one put together."""
    return int(_APART.sub("", match["number"]))


def value_of(match: re.Match[str]) -> str:
    """The number and its letter, if it has one: "44A"."""
    return str(number_of(match)) + (match["letter"] or "").lstrip("-").translate(_LETTERS).upper()


def stands_before(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """`pattern`, which ends in `$`, right before `position`."""
    return pattern.search(text, max(0, position - _BACK), position)


def apart(parts: Iterable[AddressPart]) -> list[AddressPart]:
    """Those that stand on none given before them, in the order of the text."""
    kept: list[AddressPart] = []
    taken = bytearray()
    for part in parts:
        if 1 not in taken[part.start : part.end]:
            kept.append(part)
            taken.extend(bytes(max(0, part.end - len(taken))))
            taken[part.start : part.end] = b"\x01" * (part.end - part.start)
    return sorted(kept, key=lambda part: part.start)

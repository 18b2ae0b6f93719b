"""Blocks, roads, buildings and flats with their label beside them: «مجمع ٢٠٣», "3803 road", «٢٠٣/٣١٢ مجمع/طريق»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bot.arabic.address_part import YEARS, AddressPart, apart, number_of, stands_before, value_of
from bot.arabic.address_words import (
    BETWEEN_LABELS,
    DRIVEN,
    LABEL,
    LABELLED,
    LABELLED_IN_PAIRS,
    LISTED_NUMBER,
    NAMED_AFTER,
    NUMBERS_LISTED,
    NUMBERS_LISTED_BEFORE,
    PRICED,
    RIGHT_BEFORE,
)
from bot.arabic.numbers import InDigits

_DIGIT = re.compile("[0-9]")
_ENDS_HERE = re.compile(r"\s*(?:[،,؛;.!؟?)/\-]|$)")
_LEAST_SPOKEN = 10  # «بيت واحد» is one house, not house number one
_LEAST_SPOKEN_LAST = 3  # «بيت سبعة،»
_LEAST_AFTER_PAUSE = 100
_FASTEST = 200  # km/h


def labels_in(text: str) -> list[re.Match[str]]:
    """The labels of a normalised text that has numbers, each with its part as `lastgroup`."""
    return list(LABEL.finditer(text)) if _DIGIT.search(text) else []


def labelled_parts(written: InDigits, labels: Sequence[re.Match[str]]) -> list[AddressPart]:
    """The parts that have a label, after or before it as the text has them; offsets are those of `written.text`."""
    after, before = list(_beside(written, labels)), list(_right_before(written, labels))
    kinds = {part.part for part in before}
    if len(kinds) > len({part.part for part in after}) and (len(kinds) > 1 or _is_surely_before(written, before[0])):
        after = before  # «203 مجمع 312 طريق»: between two numbers, the label belongs to the first
    return apart([*_listed(written.text, labels), *after])


def any_order(written: InDigits, labels: Sequence[re.Match[str]]) -> list[AddressPart]:
    """Every number that may be a part with a label, whatever the order of the two; they may stand on one another."""
    return [*_beside(written, labels), *_right_before(written, labels)]


def is_last(text: str, position: int) -> bool:
    """Whether nothing that could be counted comes behind a number that ends there: a pause, or the next label."""
    return bool(_ENDS_HERE.match(text, position) or LABEL.match(text, position + 1))


def _listed(text: str, labels: Sequence[re.Match[str]]) -> Iterator[AddressPart]:
    """«436/3627 مجمع، طريق», "block/road: 436/3627": as many numbers as labels, in the order of the labels."""
    for row in _rows(text, labels):
        parts = [label.lastgroup or "" for label in row]
        if len(row) < 2 or len(set(parts)) < len(row):
            continue
        lists = (
            NUMBERS_LISTED_BEFORE.search(text, max(0, row[0].start() - 40), row[0].start()),
            NUMBERS_LISTED.match(text, row[-1].end()),
        )
        for numbers in filter(None, lists):
            found = list(LISTED_NUMBER.finditer(text, *numbers.span("numbers")))
            if len(found) == len(row):
                yield from (_part(part, number, *number.span()) for part, number in zip(parts, found, strict=True))
                break


def _rows(text: str, labels: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Labels with nothing but commas, strokes and the like between them, together."""
    rows: list[list[re.Match[str]]] = []
    for label in labels:
        if rows and BETWEEN_LABELS.fullmatch(text, rows[-1][-1].end(), label.start()):
            rows[-1].append(label)
        else:
            rows.append([label])
    return rows


def _beside(written: InDigits, labels: Sequence[re.Match[str]]) -> Iterator[AddressPart]:
    """Labels with the number after them, or before them where the words say so («3931 is the road»)."""
    taken = 0
    for label, following in zip_longest(labels, labels[1:]):
        after = _after(written, label, following)
        part = _said_before(written.text, label, taken, at_pause=after is None or "," in after[0] or "،" in after[0])
        if part is None and after and _is_meant(written, label, after):
            part = _part(label.lastgroup, after, label.start(), after.end())
        if part:
            yield part
            taken = part.end


def _after(written: InDigits, label: re.Match[str], following: re.Match[str] | None) -> re.Match[str] | None:
    """The number after a label, where no other label stands between."""
    text, position = written.text, label.end()
    match = LABELLED_IN_PAIRS.match(text, position) if label.lastgroup == "road" else None
    if match and following and following.start() <= match.end() + 1 and not LABELLED.match(text, following.end()):
        match = None  # «طريق 28 12 مبنى»
    match = match or LABELLED.match(text, position)
    return match if match and not (following and match.start("number") > following.start()) else None


def _said_before(text: str, label: re.Match[str], taken: int, *, at_pause: bool) -> AddressPart | None:
    """A label with a number before it that belongs to it: «3931 is the road», "3931 road, 338 block"."""
    match = stands_before(NAMED_AFTER, text, label.start())
    if not match and at_pause and taken:
        match = stands_before(RIGHT_BEFORE, text, label.start())
    found = match is not None and match.start("number") >= taken
    return _part(label.lastgroup, match, match.start(), label.end()) if match and found else None


def _is_meant(written: InDigits, label: re.Match[str], match: re.Match[str]) -> bool:
    """Whether the number after a label is its number: not a sum, nor said in words as a count is."""
    if match["numbered"]:
        return True
    paused = "," in match[0] or "،" in match[0]
    if number_of(match) < _LEAST_AFTER_PAUSE and paused and not is_last(written.text, match.end()):
        return False  # «في الفيلا، 60 سلندر»
    if number_of(match) <= _FASTEST and stands_before(DRIVEN, written.text, label.start()):
        return False
    return _is_told(written, match) and not stands_before(PRICED, written.text, label.start())


def _is_told(written: InDigits, match: re.Match[str]) -> bool:
    """Whether a number said in words can be that of a house: «بيت سبعة،» can, «بيت ثلاثة وبس» cannot."""
    if match.span("number") not in written.spoken:
        return True
    value = number_of(match)
    return value >= _LEAST_SPOKEN or (value >= _LEAST_SPOKEN_LAST and is_last(written.text, match.end()))


def _right_before(written: InDigits, labels: Iterable[re.Match[str]]) -> Iterator[AddressPart]:
    """Labels with the number right before them."""
    for label in labels:
        match = stands_before(RIGHT_BEFORE, written.text, label.start())
        if match and match.span("number") not in written.spoken:
            yield _part(label.lastgroup, match, match.start(), label.end())


def _is_surely_before(written: InDigits, part: AddressPart) -> bool:
    """Whether a lone number before its label is no count («٣٠٠ بيت») and no year («٢٠١٩ طريق»)."""
    long = part.value.isdecimal() and int(part.value) >= 100 and int(part.value) not in YEARS
    said = written.text[part.start : part.end].split()[-1]
    bare = not said.startswith(("ال", "و", "لل"))
    return part.part in ("block", "road") and long and bare


def _part(name: str | None, number: re.Match[str], start: int, end: int) -> AddressPart:
    return AddressPart(name or "", value_of(number), start, end)

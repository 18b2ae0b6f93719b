"""Where a text names blocks, roads, buildings and flats: each mention, and what corrections say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from bot.arabic.address_part import YEARS, AddressPart, apart, number_of, stands_before, value_of
from bot.arabic.address_words import (
    INITIAL,
    INITIALS,
    LABEL,
    LABELLED,
    LABELLED_IN_PAIRS,
    NAMED_AFTER,
    PRICED,
    RIGHT_BEFORE,
)
from bot.arabic.corrections import with_corrections
from bot.arabic.numbers import InDigits, in_digits

_DIGIT = re.compile("[0-9]")
_ENDS_HERE = re.compile(r"\s*(?:[،,؛;.!؟?)]|$)")
_LEAST_SPOKEN = 10  # «بيت واحد» is one house, not house number one
_LEAST_SPOKEN_LAST = 3  # «بيت سبعة،»
_LEAST_AFTER_PAUSE = 100
_INITIALS = {"مج": "block", "ط": "road", "ب": "building", "r": "road", "h": "building", "f": "flat"}


@lru_cache(maxsize=32)  # asked for one message by several finders
def find_address_parts(text: str) -> tuple[AddressPart, ...]:
    """Every part of an address that `text` names, in order, none on top of another, those taken back as well."""
    written = in_digits(text)
    labels = _labels(written.text)
    if not labels and not INITIALS.search(written.text):
        return ()
    named = with_corrections(written, labels, _named(written, labels))
    return tuple(_in_original(part, written) for part in named)


def possible_parts(text: str) -> list[tuple[int, int]]:
    """Every place where `text` may name such a part, whatever the order of its labels and numbers; the likely first."""
    written = in_digits(text)
    labels = _labels(written.text)
    found = [*_beside(written, labels), *_right_before(written, labels)]
    spans = [(part.start, part.end) for part in find_address_parts(text)]
    return list(dict.fromkeys([*spans, *(written.span(part.start, part.end) for part in found)]))


def _in_original(part: AddressPart, written: InDigits) -> AddressPart:
    start, end = written.span(part.start, part.end)
    return replace(part, start=start, end=end)


def _labels(text: str) -> list[re.Match[str]]:
    return list(LABEL.finditer(text)) if _DIGIT.search(text) else []


def _named(written: InDigits, labels: Sequence[re.Match[str]]) -> list[AddressPart]:
    """The parts that have a label, after or before it as the text has them."""
    after, before = list(_beside(written, labels)), list(_right_before(written, labels))
    kinds = {part.part for part in before}
    if len(kinds) > len({part.part for part in after}) and (len(kinds) > 1 or _is_surely_before(written, before[0])):
        after = before  # «203 مجمع 312 طريق»: between two numbers, the label belongs to the first
    return apart([*after, *_by_initials(written.text, after)])


def _beside(written: InDigits, labels: Sequence[re.Match[str]]) -> Iterator[AddressPart]:
    """Labels with the number after them, or before them where the words say so («3931 is the road»)."""
    taken = 0
    for label, following in zip_longest(labels, labels[1:]):
        after = _after(written, label, following)
        part = _said_before(written.text, label, taken, at_pause=after is None or "," in after[0] or "،" in after[0])
        if part is None and after and _is_meant(written, label, after):
            part = _part(label, after, label.start(), after.end())
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
    return _part(label, match, match.start(), label.end()) if match and match.start("number") >= taken else None


def _is_meant(written: InDigits, label: re.Match[str], match: re.Match[str]) -> bool:
    """Whether the number after a label is its number: not a sum, nor said in words as a count is."""
    if match["numbered"]:
        return True
    if number_of(match) < _LEAST_AFTER_PAUSE and ("," in match[0] or "،" in match[0]) and not _ends(written, match):
        return False  # «في الفيلا، 60 سلندر»
    return _is_told(written, match) and not stands_before(PRICED, written.text, label.start())


def _is_told(written: InDigits, match: re.Match[str]) -> bool:
    """Whether a number said in words can be that of a house: «بيت سبعة،» can, «بيت ثلاثة وبس» cannot."""
    if match.span("number") not in written.spoken:
        return True
    value = number_of(match)
    return value >= _LEAST_SPOKEN or (value >= _LEAST_SPOKEN_LAST and _ends(written, match))


def _ends(written: InDigits, match: re.Match[str]) -> bool:
    """Whether nothing that could be counted comes after a number: a pause, or the next label."""
    after = _ENDS_HERE.match(written.text, match.end()) or LABEL.match(written.text, match.end() + 1)
    return after is not None


def _right_before(written: InDigits, labels: Iterable[re.Match[str]]) -> Iterator[AddressPart]:
    """Labels with the number right before them."""
    for label in labels:
        match = stands_before(RIGHT_BEFORE, written.text, label.start())
        if match and match.span("number") not in written.spoken:
            yield _part(label, match, match.start(), label.end())


def _is_surely_before(written: InDigits, part: AddressPart) -> bool:
    """Whether a lone number before its label is no count («٣٠٠ بيت») and no year («٢٠١٩ طريق»)."""
    long = part.value.isdecimal() and int(part.value) >= 100 and int(part.value) not in YEARS
    said = written.text[part.start : part.end].split()[-1]
    bare = not said.startswith(("ال", "و", "لل"))
    return part.part in ("block", "road") and long and bare


def _part(label: re.Match[str], number: re.Match[str], start: int, end: int) -> AddressPart:
    return AddressPart(label.lastgroup or "", value_of(number), start, end)


def _by_initials(text: str, named: Sequence[AddressPart]) -> Iterator[AddressPart]:
    """«م ٨١٥ ط ١٥٢٧ ب ٤٥», "B 945 R 4532"; «م» and "B" are the building where the block has been named."""
    for row in INITIALS.finditer(text):
        initials = list(INITIAL.finditer(text, *row.span()))
        block_is_named = any(part.part == "block" for part in named) or any(i["initial"] == "مج" for i in initials)
        beside = any(part.end <= row.start() <= part.end + 2 or 0 <= part.start - row.end() <= 1 for part in named)
        if len({initial["initial"] for initial in initials}) > 1 or beside:
            for initial in initials:
                part = _INITIALS.get(initial["initial"], "building" if block_is_named else "block")
                yield AddressPart(part, value_of(initial), *initial.span())

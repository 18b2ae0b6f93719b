"""Numbers said in words, written as digits: «طريق ثمنية وعشرين سبعطعش» becomes «طريق 2817».

Whatever looks for numbers reads a text through `in_digits`, so that a dictated number is found as a typed one is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.normalise import normalise_with_offsets
from bot.arabic.spoken_numbers import Group, rows_of

_TATWEEL_AS_DASH = re.compile(r"(?<=\d)ـ(?=ـ*\d)")
# The lengths and beginnings of what people dictate: a reference, a telephone number, a personal number.
_LONG_NUMBER = re.compile(r"2\d{9}|[136-9]\d{7}|\d\d(?:0[1-9]|1[0-2])\d{5}|973\d{8}|00\d{9,13}")
_SAID_TO_BE_A_NUMBER = re.compile(r"(?:رقم\w{0,2}|number|no|raqam|ragam)\W{1,3}$")
_AS_OFTEN_NO_NUMBER = frozenset(("1", "100", "200", "1000"))  # «واحد يبني», «مية حلوة», «متين», «ألف شكر»
_SAID_ONE_BY_ONE = 3
_LONGEST_SPOKEN, _LONGEST_TYPED = 3, 5


@dataclass(frozen=True)
class InDigits:
    """A normalised text with its number words as digits, and the way back to the original.

    `text[a:b]` stood at `span(a, b)` of the original; a number said in words as a whole. `spoken` holds the places in
    `text` of such numbers.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    spoken: frozenset[tuple[int, int]] = frozenset()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the non-empty `text[start:end]`."""
        return self.offsets[start], self.ends[end - 1]

    def position(self, original: int) -> int:
        """Where in `text` that begins which stood at `original` or after it."""
        return bisect_left(self.offsets, original)


@lru_cache(maxsize=32)  # the finders ask for one message one after the other
def in_digits(text: str) -> InDigits:
    """`text` normalised, every number said in words in digits. Defined for any string.

    Numbers said one after the other are put side by side («ثمنية وعشرين سبعطعش» 2817). Pauses, «شرطة» and the like
    between them go only where the whole has the shape of a reference, a telephone or a personal number.
    """
    normalised = normalise_with_offsets(_TATWEEL_AS_DASH.sub("-", text) if "ـ" in text else text)
    written, offsets, ends, spoken = [], [], [], set()
    position = length = 0
    for start, end, digits in _numbers(normalised.text):
        written += [normalised.text[position:start], digits]
        offsets += [*normalised.offsets[position:start], *[normalised.offsets[start]] * len(digits)]
        ends += [*normalised.ends[position:start], *[normalised.ends[end - 1]] * len(digits)]
        length += start - position
        spoken.add((length, length + len(digits)))
        length, position = length + len(digits), end
    if not written:
        return InDigits(normalised.text, normalised.offsets, normalised.ends)
    written.append(normalised.text[position:])
    offsets += normalised.offsets[position:]
    ends += normalised.ends[position:]
    return InDigits("".join(written), tuple(offsets), tuple(ends), frozenset(spoken))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """What to write in digits: from where to where in the normalised text, and how."""
    for row in rows_of(text):
        whole = _digits(row)
        if len(row) > 1 and _LONG_NUMBER.fullmatch(whole) and all(map(_is_read_out, row)):
            yield row[0].start, row[-1].end, whole
        elif all(group.spoken for group in row):  # a word beside a typed number stays: «36001234 ثلاث مرات»
            for chain in _chains(row):
                if len(chain) > 1 or _is_surely_a_number(text, chain[0]):
                    yield chain[0].start, chain[-1].end, _digits(chain)


def _is_read_out(group: Group) -> bool:
    """Whether people say such a part of a long number: three digits at once, «أربعة أربعات», a typed «0197»."""
    most = _LONGEST_TYPED if not group.spoken or len(set(group.digits)) == 1 else _LONGEST_SPOKEN
    return len(group.digits) <= most


def _digits(groups: Sequence[Group]) -> str:
    return "".join(group.digits for group in groups)


def _is_surely_a_number(text: str, group: Group) -> bool:
    """Not «واحد يبني», «ألف شكر»; but «رقم واحد»."""
    doubtful = group.digits in _AS_OFTEN_NO_NUMBER and " " not in text[group.start : group.end]
    return not doubtful or bool(_SAID_TO_BE_A_NUMBER.search(text, max(0, group.start - 10), group.start))


def _chains(row: Sequence[Group]) -> Iterator[list[Group]]:
    """The parts of a row that are one number each."""
    if len(row) >= _SAID_ONE_BY_ONE and all(len(group.digits) == 1 and group.spoken for group in row):
        yield list(row)  # «اثنين، صفر، ثلاثة»
        return
    chain: list[Group] = []
    for group in row:
        if chain and group.loose:
            yield chain
            chain = []
        chain.append(group)
    if chain:
        yield chain

"""One spelling for the many ways people write Arabic: what search, matching and the classifiers see.

Every character is folded on its own, by a table built once from camel-tools' rules and the few of ours that Gulf
writing needs. Then elongation and white space, which need their neighbours, are folded over the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

_DIGITS = {ord(zero) + value: str(value) for zero in "٠۰" for value in range(10)}

# Bahrainis write چ where others write ج for the same word (چم, جم) and گ for ق. The hamza on و and ي is often dropped.
_LETTERS = str.maketrans("چگڭڨپڤیےئکڪہھەۀۃؤ", "جقققبفيييككههههه" + "و")
_FOLDS = {**_LETTERS, **_DIGITS}

_TATWEEL = "\u0640"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_CACHED_BELOW = 0x3000  # the scripts people write here; rarer ones are folded anew rather than kept in memory

_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_KEEPS_TWO = frozenset("له")  # الله, and laughter: هههه


@dataclass(frozen=True)
class Normalised:
    """A normalised text that remembers where it came from.

    `offsets[i]` is the index in the original of what became `text[i]`; `ends[i]` the index just past it, with the
    dropped marks that followed. So `text[a:b]` stood at `original[offsets[a]:ends[b - 1]]` (see `span`).
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the non-empty `text[start:end]`."""
        return self.offsets[start], self.ends[end - 1]


def digits(text: str) -> str:
    """`text` with ٠-٩ and ۰-۹ as 0-9 and nothing else changed, so offsets stay as they are."""
    return text.translate(_DIGITS)


def normalise(text: str) -> str:
    """`text` in its one spelling: no diacritics, one alef, ya and ha, Western digits, lower case, single spaces.

    Idempotent, and defined for any string, lone surrogates included. The result may be empty.
    """
    folded = _ELONGATED.sub(_shorten, text.translate(_TABLE))
    return " ".join(folded.split())


@lru_cache(maxsize=32)  # the finders ask for one message one after the other
def normalise_with_offsets(text: str) -> Normalised:
    """The same text as `normalise`, with the way back to the original. Slower; for finding things, not for counting."""
    kept: list[tuple[str, int, int]] = []
    for run in _runs(text):
        letter = run[0][0]
        count = _kept_of(letter, len(run))
        end = run[-1][2]
        kept += [(letter, start, own_end) for _, start, own_end in run[: count - 1]]
        kept.append((letter, run[count - 1][1], end))
    while kept and kept[-1][0] == " ":
        kept.pop()
    if kept and kept[0][0] == " ":
        kept.pop(0)
    return Normalised(
        "".join(letter for letter, _, _ in kept),
        tuple(start for _, start, _ in kept),
        tuple(end for _, _, end in kept),
    )


def _runs(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Folded characters as (character, start, end), equal neighbours together; dropped ones widen the one before."""
    run: list[tuple[str, int, int]] = []
    for index, original in enumerate(text):
        folded = _TABLE[ord(original)]
        if not folded and run:
            letter, start, _ = run[-1]
            run[-1] = (letter, start, index + 1 if letter != " " else run[-1][2])
        for character in folded:
            letter = " " if character.isspace() else character
            if run and run[-1][0] != letter:
                yield run
                run = []
            run.append((letter, index, index + 1))
    if run:
        yield run


def _kept_of(letter: str, count: int) -> int:
    """How many of `count` equal characters in a row stay."""
    if letter == " ":
        return 1
    if count < 3 or not letter.isalpha():
        return count
    return 2 if letter in _KEEPS_TWO or letter.isascii() else 1


def _shorten(match: re.Match[str]) -> str:
    return match[1] * _kept_of(match[1], len(match[0]))


def _fold_once(character: str) -> str:
    text = dediac_ar(normalize_unicode(character))
    text = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text)))
    return "".join(_own_fold(part) for part in text.translate(_FOLDS).lower())


def _own_fold(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    arabic_mark = category == "Mn" and ("\u0600" <= character <= "\u08ff" or "\ufe00" <= character <= "\ufe2f")
    return "" if category in _DROPPED or arabic_mark or character == _TATWEEL else character


class _Table(dict[int, str]):
    """What each code point becomes; folding again changes nothing, which makes `normalise` idempotent."""

    def __missing__(self, code: int) -> str:
        before, after = chr(code), _fold_once(chr(code))
        while after != before:
            before, after = after, "".join(_fold_once(part) for part in after)
        if code < _CACHED_BELOW:
            self[code] = after
        return after


_TABLE = _Table()
for _code in (*range(0x20, 0x100), *range(0x600, 0x700)):
    _TABLE[_code]

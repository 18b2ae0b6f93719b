"""Number words read as numbers: «ستة وعشرين» is 26, «صفر صفر ثمان وثمانين» 0, 0 and 88, "double five" 55.

A row is what somebody says in one go, number after number with nothing else but pauses, «شرطة» and «وبعدين» between
them; a group is one number of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.arabic.number_words import Kind, NumberWord, number_word

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PAUSE = re.compile(r"[\s،,؛;:…()/\\_+‐-―-]*")
_TYPED = re.compile(r"[0-9]+")
# Said between the parts of a long number, and no part of it.
_PAUSES = (
    "شرطه داش ديش سلاش فاصله فراغ بعدين بعده بعدها عقب عقبه عقبها ثم الباقي اخرها "
    "وشرطه وداش وبعدين وبعده وبعدها وعقب وعقبه وعقبها والباقي واخرها "
    "dash hyphen slash space sharta shar6a then after that b3dain ba3dain ba3deen"
)
_BETWEEN = frozenset(_PAUSES.split())
_JOINS = frozenset(("و", "w", "wa", "u", "o", "and"))
_REPEATS = frozenset(("مكرر", "مكرره", "مرتين", "repeated"))
_PREFIX = re.compile(r"([وف]?ب|[وف]|wa?|o)(?=.)")


@dataclass(frozen=True)
class _Item:
    """A word or a typed number of a row; `paused`: more than a space stands before it; `joined`: an «و»."""

    start: int
    end: int
    text: str
    word: NumberWord | None
    joined: bool
    paused: bool
    repeats: bool = False

    @property
    def kind(self) -> Kind | None:
        return self.word.kind if self.word else None

    @property
    def value(self) -> int:
        return self.word.value if self.word else 0


@dataclass(frozen=True)
class Group:
    """One number of a row as it is written in digits; `loose`: set apart from the one before by more than a space."""

    start: int
    end: int
    digits: str
    loose: bool
    spoken: bool


def rows_of(text: str) -> Iterator[list[Group]]:
    """The rows of a normalised text that hold a number said in words, or «شرطة» between numbers, in order."""
    for row, has_words in _rows(text):
        if has_words:
            groups = list(_groups(row))
            if groups:
                yield groups


def _rows(text: str) -> Iterator[tuple[list[_Item], bool]]:
    row: list[_Item] = []
    told, joined, paused, end = False, False, False, 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        if row and not _PAUSE.fullmatch(gap):
            yield row, told
            row, told, joined = [], False, False
        paused = bool(row) and (paused or gap.strip() not in ("", "-"))
        end = match.end()
        item = _item(match, joined, paused)
        if item:
            told = told or item.word is not None or (paused and row[-1].word is None and not gap.strip())
            row.append(item)
            joined = paused = False
        elif row and match[0] in _JOINS:
            joined = True
        elif row and match[0] in _BETWEEN:
            paused = True
        elif row:
            yield row, told
            row, told, joined, paused = [], False, False, False
    if row:
        yield row, told


def _item(match: re.Match[str], joined: bool, paused: bool) -> _Item | None:
    text = match[0]
    if _TYPED.fullmatch(text):
        return _Item(*match.span(), text, None, joined, paused)
    if text in _REPEATS:
        return _Item(*match.span(), text, None, joined, paused, repeats=True)
    word = number_word(text)
    if word:
        return _Item(*match.span(), text, word, joined, paused)
    prefix = _PREFIX.match(text)
    word = number_word(text[prefix.end() :]) if prefix else None
    if prefix and word:
        joined = joined or prefix[0] != "ب"
        return _Item(match.start() + prefix.end(), match.end(), text[prefix.end() :], word, joined, paused)
    return None


def _groups(row: Sequence[_Item]) -> Iterator[Group]:
    position = 0
    while position < len(row):
        digits, after = _read(row, position)
        first, last = row[position], row[after - 1]
        if digits:
            after_typed = position > 0 and row[position - 1].word is None
            loose = first.paused or first.joined or first.word is None or after_typed
            yield Group(first.start, last.end, digits, loose, first.word is not None)
        position = after


def _read(row: Sequence[_Item], position: int) -> tuple[str, int]:
    """The digits of the group at `position` ("" for what is no number) and where the next one begins."""
    item = row[position]
    follower = row[position + 1] if position + 1 < len(row) else None
    if item.word is None:
        return ("" if item.repeats else item.text), position + 1
    if item.kind == "times":
        digit = _digit(follower)
        return (digit * item.value, position + 2) if digit else ("", position + 1)
    if item.kind == "pair":
        return str(item.value) * 2, position + 1
    if item.kind == "plural" or (item.text == "oh" and position == 0):
        return "", position + 1
    if item.kind == "unit" and follower and follower.kind == "plural" and not follower.joined:
        return str(follower.value) * item.value, position + 2
    if item.kind == "unit" and follower and follower.repeats:
        return str(item.value) * 2, position + 2
    value, after = _thousands(row, position)
    return str(value), after


def _digit(item: _Item | None) -> str:
    if item is None:
        return ""
    if item.word is None:
        return item.text if len(item.text) == 1 else ""
    return str(item.value) if item.kind == "unit" else ""


def _next(row: Sequence[_Item], position: int) -> _Item | None:
    """The item at `position` if it may belong to the same number as the one before it."""
    item = row[position] if position < len(row) else None
    return item if item and item.word and not item.paused else None


def _tens(row: Sequence[_Item], position: int) -> tuple[int, int]:
    item = row[position]
    follower = row[position + 1] if position + 1 < len(row) else None
    close = follower is not None and not follower.joined and follower.start - item.end == 1
    if item.kind == "english_tens" and follower and close and follower.kind == "unit" and follower.value:
        return item.value + follower.value, position + 2  # "twenty eight", "twenty-eight"
    follower = _next(row, position + 1)
    if item.kind == "unit" and item.value and follower:
        if follower.joined and follower.kind == "tens":
            return follower.value + item.value, position + 2
        if not follower.joined and follower.value == 10 and follower.text != "ten":  # «خمسة عشر»
            return 10 + item.value, position + 2
    return item.value, position + 1


@dataclass(frozen=True)
class _Scale:
    """Hundreds or thousands: `factor` of what `smaller` reads, and one of the kinds in `rest` behind it."""

    kind: Kind
    factor: int
    smaller: Callable[[Sequence[_Item], int], tuple[int, int]]
    rest: tuple[Kind, ...]

    def __call__(self, row: Sequence[_Item], position: int) -> tuple[int, int]:
        """The number that begins there and where it ends."""
        if row[position].kind == self.kind:
            value, after = row[position].value, position + 1
        else:
            value, after = self.smaller(row, position)
            if not value or not self._is_named(_next(row, after)):
                return value, after
            value, after = self.factor * value, after + 1
        rest = _next(row, after)
        if rest and rest.kind in self.rest and rest.value:
            added, after = self.smaller(row, after)
            value += added
        return value, after

    def _is_named(self, item: _Item | None) -> bool:
        return bool(item and item.kind == self.kind and item.value == self.factor and not item.joined)


_BELOW_HUNDRED: tuple[Kind, ...] = ("unit", "teen", "tens", "english_tens")
_hundreds = _Scale("hundreds", 100, _tens, _BELOW_HUNDRED)
_thousands = _Scale("thousands", 1000, _hundreds, (*_BELOW_HUNDRED, "hundreds"))

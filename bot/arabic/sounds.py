"""Names in Latin letters by how they sound: "jid 7afs", "jd7fs" and "Jidhafs" are one, however it is spelt.

A word is cut into its consonants, of which those that people swap for one another fall together, and the vowels
between them. Two writings are the same where the consonants are equal and no vowel contradicts another; a short vowel
may be left out. Arabizi digits count as the letters that they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_CONSONANTS = {
    "sh": "X", "kh": "x", "gh": "k", "th": "d", "dh": "d", "ch": "k", "9'": "d", "6'": "d", "7'": "x", "3'": "k",
    "b": "b", "p": "p", "t": "t", "6": "t", "j": "j", "7": "h", "h": "h", "5": "x", "d": "d", "r": "r", "z": "z",
    "s": "s", "9": "s", "c": "k", "f": "f", "v": "f", "q": "k", "k": "k", "g": "k", "8": "k", "l": "l", "m": "m",
    "n": "n", "x": "q",
}  # fmt: skip
_PIECE = re.compile("|".join(sorted(map(re.escape, _CONSONANTS), key=len, reverse=True)) + "|[aeiouyw23]")
_SOFT_C = re.compile(r"c(?=[eiy])")
_PLAIN = re.compile(r"[a-z0-9']*[a-z][a-z0-9']*")
_CODE = re.compile(r"[a-z]*[014]|[a-z]+\d{2,}|\d{2,}|\d+(?:st|nd|rd|th|am|pm|bd|km|m)$")
_LONGEST = 16
_VOWELS = str.maketrans("oyw", "uiu", "23")
_SAME_VOWELS = {
    frozenset((one, other))
    for one, others in {
        "a": "e", "e": "i", "ai": "e i ei ia", "ei": "i", "au": "u", "ia": "ea aia iai", "aia": "ai", "ea": "a i",
        "ie": "i",
    }.items()
    for other in others.split()
}  # fmt: skip


@dataclass(frozen=True)
class Sound:
    """The consonants of a word, the vowels before, between and after them, and how often ع was written as 3."""

    consonants: str
    vowels: tuple[str, ...]
    throats: int

    def is_like(self, other: Sound) -> bool:
        """Whether both may be the same word; the order does not matter."""
        last = len(self.vowels) - 1
        return self.consonants == other.consonants and all(
            _are_alike(mine, theirs, inside=0 < place < last)
            for place, (mine, theirs) in enumerate(zip(self.vowels, other.vowels, strict=True))
        )

    def joined(self, other: Sound) -> Sound:
        """The two words written as one."""
        between = _folded(self.vowels[-1] + other.vowels[0])
        vowels = (*self.vowels[:-1], between, *other.vowels[1:])
        return Sound(self.consonants + other.consonants, vowels, self.throats + other.throats)


@lru_cache(maxsize=4096)
def sound_of(word: str) -> Sound | None:
    """How a lower-case Latin word sounds; None for what is no such word, as a number or a code."""
    if len(word) > _LONGEST or not _PLAIN.fullmatch(word) or _CODE.match(word):
        return None
    consonants: list[str] = []
    vowels = [""]
    pieces: list[str] = _PIECE.findall(_SOFT_C.sub("s", word))
    if len(pieces) > 1 and pieces[-1] == "h" and pieces[-2] in "aei":  # Sitrah, Budaiyah
        pieces.pop()
    for piece in pieces:
        if piece not in _CONSONANTS:
            vowels[-1] += piece
        elif not consonants or vowels[-1] or consonants[-1] != _CONSONANTS[piece]:  # a doubled letter is one
            consonants.append(_CONSONANTS[piece])
            vowels.append("")
    return Sound("".join(consonants), tuple(map(_folded, vowels)), word.count("3"))


def sound_of_name(words: Sequence[str]) -> Sound | None:
    """How several words sound, written as one."""
    whole: Sound | None = None
    for word in words:
        sound = sound_of(word)
        if sound is None:
            return None
        whole = whole.joined(sound) if whole else sound
    return whole


def _folded(vowels: str) -> str:
    """Long vowels as short ones; ع and ء alone say that there may be any."""
    plain = vowels.replace("ee", "i").replace("oo", "u").translate(_VOWELS)
    return re.sub(r"(.)\1+", r"\1", plain) or ("?" if vowels else "")


@lru_cache(maxsize=4096)
def _are_alike(one: str, other: str, inside: bool) -> bool:
    if one == other:
        return True
    if "?" in (one, other):
        return len(one + other) <= 2
    if not one or not other:
        return inside and len(one + other) == 1
    return frozenset((one, other)) in _SAME_VOWELS

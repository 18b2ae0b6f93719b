"""Names in Arabic letters as people misspell them: «الزلاك» for الزلاق, «البسيتن» for البسيتين."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic

from bot.arabic.phrases import Payload

# Letters that sound the same to many: ق ك, ط ت, ظ ض ذ, ص س, غ ق
_SAME_SOUND = str.maketrans("قغطظذصث", "ككتضدسس")
_LEAST_FOLDED = 4  # letters without the article
_LEAST_SLIPPED = 5
_LEAST_ANY = 7  # of a name so long, any letter may be wrong; of a shorter one, only a vowel may be missing or too many
_LONGEST = 16
_VOWELS = "اوي"
_ARTICLE = "ال"


class Slips(Generic[Payload]):
    """Names (written as one word) to recognise in other spellings, and whether each may also be mistyped.

    Of two that come out the same, the one given first stays.
    """

    def __init__(self, names: Iterable[tuple[str, Payload, bool]], ignored: frozenset[str]) -> None:
        self._ignored = ignored
        self._folded: dict[str, Payload] = {}
        self._shortened: dict[str, list[tuple[str, Payload]]] = {}
        for name, payload, may_slip in names:
            plain, folded = name.removeprefix(_ARTICLE), _fold(name)
            if len(plain) >= _LEAST_FOLDED:
                self._folded.setdefault(folded, payload)
            if may_slip and len(plain) >= _LEAST_SLIPPED:
                for key in {folded, *_shortened(folded)}:
                    self._shortened.setdefault(key, []).append((folded, payload))

    def sounding(self, word: str) -> Payload | None:
        """What `word` names if only letters of one sound are swapped."""
        return None if word in self._ignored else self._folded.get(_fold(word))

    def slipped(self, word: str) -> Payload | None:
        """What `word` names with one letter too many, missing, wrong, or two neighbours swapped.

        Ordinary words are that near to some names, so something else must say that a place is meant.
        """
        if word in self._ignored or not _LEAST_SLIPPED <= len(word.removeprefix(_ARTICLE)) <= _LONGEST:
            return None
        written = _fold(word)
        for key in (written, *_shortened(written)):
            for name, payload in self._shortened.get(key, ()):
                if _is_one_off(written, name):
                    return payload
        return None


def _fold(word: str) -> str:
    return word.translate(_SAME_SOUND)


def _shortened(word: str) -> Iterator[str]:
    """`word` with each letter left out once, the article and the first letter kept: that one is seldom mistyped."""
    start = 1 + (len(_ARTICLE) if word.startswith(_ARTICLE) else 0)
    return (word[:index] + word[index + 1 :] for index in range(start, len(word)))


def _is_one_off(one: str, other: str) -> bool:
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    long = len(other.removeprefix(_ARTICLE)) >= _LEAST_ANY
    if len(rest) == len(rest_other):
        return long and (rest[1:] == rest_other[1:] or (rest[:2] == rest_other[1::-1] and rest[2:] == rest_other[2:]))
    longer, shorter = (rest, rest_other) if len(rest) > len(rest_other) else (rest_other, rest)
    doubled = start > 0 and longer[0] == one[start - 1]
    return longer[1:] == shorter and (long or doubled or longer[0] in _VOWELS)

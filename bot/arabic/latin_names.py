"""Names of places written in Latin letters, found by their sound wherever the exact writing is not listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple

from bot.arabic.phrases import Payload, Word
from bot.arabic.sounds import Sound, sound_of, sound_of_name

ARTICLES = frozenset(
    ["al", "el", "il", "as", "ash", "ad", "az", "ar", "an", "at", "es", "esh", "ed", "ez", "er", "en", "et", "l"]
)

_PREFIXES = ("bil", "bel", "bal", "fil", "fel", "lil", "lel", "wil", "wel", "3al", "al", "el", "il", "b", "w", "l")
_LEAST_STEM = 4  # letters that a prefix or article leaves
_LEAST_ARTICLED = 3
_SURE_WEIGHT = 5  # consonants: of fewer, a word sounds like too many others
_SURE_WEIGHT_IN_WORDS = 4  # of several words, or with an Arabizi digit
_LEAST_WEIGHT = 3
_LEAST_EXACT = 2  # of a name that sounds exactly the same
_LEAST_LETTERS = 5  # of such a one


@dataclass(frozen=True)
class Heard(Generic[Payload]):
    """A name heard in `words[first:last]`; `sure` where it has consonants enough to be no other word."""

    payload: Payload
    first: int
    last: int
    prefix: str
    sure: bool


class _Written(NamedTuple):
    first: int
    prefix: str
    letters: str
    sound: Sound


class SoundNames(Generic[Payload]):
    """Names to listen for. Of two that sound alike, the one given first stays."""

    def __init__(self, names: Iterable[tuple[Sequence[str], Payload]], ignored: frozenset[str]) -> None:
        self._ignored = ignored
        self._names: dict[str, list[tuple[tuple[Sound, ...], Payload]]] = {}
        for words, payload in names:
            parts = [word for word in words if word not in ARTICLES]
            sounds = tuple(sound for sound in map(sound_of, parts) if sound)
            if not sounds or len(sounds) != len(parts):
                continue
            together = sound_of_name(parts)
            for template in dict.fromkeys((sounds, (together,) if together else sounds)):
                known = self._names.setdefault(template[0].consonants, [])
                if template not in (other for other, _ in known):
                    known.append((template, payload))

    def find(self, words: Sequence[Word]) -> Iterator[Heard[Payload]]:
        """Names in `words` from left to right, the longest at each place; no two share a word."""
        position = 0
        while position < len(words):
            heard = self._at(words, position)
            if heard:
                yield heard
            position = heard.last if heard else position + 1

    def _at(self, words: Sequence[Word], position: int) -> Heard[Payload] | None:
        best: Heard[Payload] | None = None
        for start in _readings(words[position].text, position):
            for template, payload in self._names.get(start.sound.consonants, ()):
                heard = self._heard(words, start, template, payload)
                if heard and (best is None or heard.last > best.last):
                    best = heard
        return best

    def _heard(
        self, words: Sequence[Word], start: _Written, template: tuple[Sound, ...], payload: Payload
    ) -> Heard[Payload] | None:
        said, last = [start], start.first + 1
        if not start.sound.is_like(template[0]):
            return None
        for wanted in template[1:]:
            while last < len(words) and words[last].text in ARTICLES:
                last += 1
            following = _readings(words[last].text, last) if last < len(words) else ()
            same = next((word for word in following if word.sound.is_like(wanted)), None)
            if same is None:
                return None
            said.append(same)
            last += 1
        letters = "".join(word.letters for word in said)
        exact = tuple(word.sound.vowels for word in said) == tuple(sound.vowels for sound in template)
        weight = sum(len(word.sound.consonants) for word in said)
        if exact or weight >= _LEAST_WEIGHT:
            weight += sum(word.sound.throats for word in said)
        digits = any(map(str.isdigit, letters))
        ignored = len(said) == 1 and (start.letters in self._ignored or words[start.first].text in self._ignored)
        if ignored or (len(start.prefix) == 1 and not (exact and weight >= _LEAST_WEIGHT)):
            return None
        if weight < _LEAST_WEIGHT and not (exact and weight >= _LEAST_EXACT and len(letters) >= _LEAST_LETTERS):
            return None
        sure = weight >= (_SURE_WEIGHT_IN_WORDS if digits or len(said) > 1 else _SURE_WEIGHT)
        return Heard(payload, start.first, last, start.prefix, sure)


def _readings(word: str, position: int) -> Iterator[_Written]:
    return (_Written(position, *reading) for reading in _sounds(word)) if word.isascii() else iter(())


@lru_cache(maxsize=4096)
def _sounds(word: str) -> tuple[tuple[str, str, Sound], ...]:
    """A word as it is, and without the preposition or article that may be written onto it: prefix, letters, sound."""
    stems = [("", word)] + [
        (prefix, word[len(prefix) :])
        for prefix in _PREFIXES
        if word.startswith(prefix)
        and len(word) - len(prefix) >= (_LEAST_ARTICLED if prefix in ARTICLES else _LEAST_STEM)
    ]
    heard = ((prefix, stem, sound_of(stem)) for prefix, stem in stems)
    return tuple((prefix, stem, sound) for prefix, stem, sound in heard if sound and sound.consonants)

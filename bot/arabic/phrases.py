"""Known names found in running text, on whole words, whatever clitics are written onto them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.arabic.normalise import normalise_with_offsets

Payload = TypeVar("Payload")

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’`")


@dataclass(frozen=True)
class Word:
    """A normalised word and where it stood in the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Match(Generic[Payload]):
    """A name found in `words[first:last]`, with `prefix` (و، ب، ل ...) written onto its first word."""

    payload: Payload
    first: int
    last: int
    prefix: str


@lru_cache(maxsize=32)  # the finders ask for one message one after the other
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, normalised, apostrophes dropped, on the offsets of `text`."""
    normalised = normalise_with_offsets(text)
    return tuple(
        Word(match[0].translate(_APOSTROPHES), *normalised.span(*match.span()))
        for match in _WORD.finditer(normalised.text)
    )


def key_of(name: str) -> tuple[str, ...]:
    """How a name is compared: its normalised words."""
    return tuple(word.text for word in words_of(name))


@lru_cache(maxsize=4096)
def stems_of(word: str) -> frozenset[str]:
    """A normalised word as it is, and without the clitics that may be written onto it: وبسوق → بسوق، سوق."""
    return frozenset(stem for _, stem in readings_of(word))


class Phrases(Generic[Payload]):
    """Names to look for, each with what it stands for. Where one name is given twice, the first stays."""

    def __init__(self, names: Iterable[tuple[str, Payload]]) -> None:
        self._payloads: dict[tuple[str, ...], Payload] = {}
        self._lengths: dict[str, list[int]] = {}
        for name, payload in names:
            key = key_of(name)
            if key and self._payloads.setdefault(key, payload) is payload:
                lengths = self._lengths.setdefault(key[0], [])
                if len(key) not in lengths:
                    lengths.append(len(key))
                    lengths.sort(reverse=True)

    def get(self, key: Sequence[str]) -> Payload | None:
        """What exactly these normalised words stand for."""
        return self._payloads.get(tuple(key))

    def find(self, words: Sequence[Word]) -> Iterator[Match[Payload]]:
        """Names in `words` from left to right, the longest at each place; no two share a word."""
        position = 0
        while position < len(words):
            match = self._at(words, position)
            if match:
                yield match
            position = match.last if match else position + 1

    def _at(self, words: Sequence[Word], position: int) -> Match[Payload] | None:
        best: Match[Payload] | None = None
        for prefix, stem in readings_of(words[position].text):
            for length in self._lengths.get(stem, ()):
                rest = tuple(word.text for word in words[position + 1 : position + length])
                payload = self._payloads.get((stem, *rest))
                whole = len(rest) == length - 1
                if whole and payload is not None and (best is None or position + length > best.last):
                    best = Match(payload, position, position + length, prefix)
        return best


@lru_cache(maxsize=4096)
def readings_of(word: str) -> tuple[tuple[str, str], ...]:
    """Ways to read a word as (clitics, name), fewest clitics first: وبالمحرق → وب + المحرق."""
    return (("", word),) if word.isascii() else (("", word), *_without_clitics(word))


def _without_clitics(word: str) -> Iterator[tuple[str, str]]:
    for conjunction in ("", "و", "ف"):
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        if conjunction and len(rest) > 1:
            yield conjunction, rest
        for written, meant in (("لل", "ال"), ("عال", "ال"), ("بال", "ال"), ("ب", ""), ("ل", ""), ("ك", "")):
            if rest.startswith(written) and len(rest) - len(written) > 1:
                yield conjunction + written[0], meant + rest[len(written) :]

"""Which categories a few typed words name, by the catalogue's own words, in whatever spelling. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.arabic import detect, normalise, to_arabic
from contact_center.agencies.entries import Catalogue, CategoryEntry

ENOUGH = 0.4
"""How much of what was typed a category has to answer to, on average of its words."""

_WORD = re.compile(r"\w+")
_CLITIC = re.compile(r"^(?:[وفبلك]?ال|لل|[وفب](?=\w{4}))")
_BEGUN = 0.9
"""What a word counts that is typed in part."""
_MISSPELT = 0.7
"""What one counts that shares letters with another, times how many."""
_LETTERS_SHARED = 0.5
_OF_THE_AGENCY = 0.6
"""What the words of the agency's name count beside those of the category's own."""
_FROM_ITS_BEGINNING = 0.5
"""What is added where a category's name begins with all that was typed."""


def named_by(catalogue: Catalogue, typed: str) -> dict[str, float]:
    """Codes of the categories that are offered, each with how well it answers to the words: `ENOUGH` to 1.5.

    Empty where nothing does. Arabic may be typed in Latin letters.
    """
    spellings = {normalise(typed), normalise(to_arabic(typed)) if detect(typed) == "arabizi" else ""} - {""}
    offered = catalogue.offered.items()
    scores = {code: max((_score(catalogue, entry, one) for one in spellings), default=0.0) for code, entry in offered}
    return {code: score for code, score in scores.items() if score >= ENOUGH}


def _score(catalogue: Catalogue, entry: CategoryEntry, typed: str) -> float:
    names = (entry.name_ar, entry.name_en)
    agency = catalogue.agencies.get(entry.agency)
    own = [word for name in names for word in _words(name)]
    others = [word for name in (agency.name_ar, agency.name_en) for word in _words(name)] if agency else []
    wanted = _words(typed)
    if not wanted:
        return 0.0
    found = [max(_best(word, own), _OF_THE_AGENCY * _best(word, others)) for word in wanted]
    begins = any(normalise(name).startswith(typed) for name in names)
    return sum(found) / len(found) + (_FROM_ITS_BEGINNING if begins else 0.0)


def _best(word: str, others: Iterable[str]) -> float:
    return max((_alike(word, other) for other in others), default=0.0)


@lru_cache(maxsize=100_000)
def _alike(word: str, other: str) -> float:
    """0 to 1: the same word, the beginning of it, or one that shares letters with it."""
    if word == other:
        return 1.0
    if len(word) > 1 and other.startswith(word):
        return _BEGUN
    pairs, others = _pairs(word), _pairs(other)
    shared = 2 * len(pairs & others) / (len(pairs) + len(others))
    return _MISSPELT * shared if shared > _LETTERS_SHARED else 0.0


def _pairs(word: str) -> frozenset[str]:
    return frozenset(f" {word} "[i : i + 2] for i in range(len(word) + 1))


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_CLITIC.sub("", word) for word in _WORD.findall(normalise(text)))

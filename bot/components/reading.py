"""A message read once for all components: its language, the facts named in it, and its words in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.arabizi import to_arabic
from bot.arabic.language import Language, detect
from bot.arabic.normalise import normalise
from bot.components.facts import Fact, find_facts

# Five thousand characters of one story say no more about its subject than the first two thousand.
_READ_AT_MOST = 2000
# Which place or number it is says nothing about what a person wants; that there is one does.
_PLACEHOLDERS = dict.fromkeys(("area", "block", "road", "building"), "§place") | {
    name: f"§{name}" for name in ("reference", "phone", "cpr")
}
_PLACES_IN_A_ROW = re.compile(r"(?:§place[\s,،.:/\-]*)+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Reading:
    """What the components see of a message.

    `words` is the normalised text with a placeholder for each place and number, and every other digit as 0; what is
    or may be Arabizi comes a second time in Arabic letters, so that what was learnt in either script helps.
    """

    language: Language
    facts: tuple[Fact, ...]
    words: str


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Read a message. Defined for any string; the last few are remembered, so each is read once in a turn."""
    facts = tuple(find_facts(text))
    language = detect(text)
    plain = "".join(_with_placeholders(text[:_READ_AT_MOST], facts))
    words = normalise(plain)
    if _LATIN_LETTER.search(text) and detect(text, default="arabizi") == "arabizi":
        words = f"{words} {normalise(to_arabic(plain))}"
    return Reading(language, facts, _DIGIT.sub("0", _PLACES_IN_A_ROW.sub("§place ", words)).strip())


def _with_placeholders(text: str, facts: Sequence[Fact]) -> Iterator[str]:
    position = 0
    for fact in facts:
        if fact.entity in _PLACEHOLDERS and fact.start < len(text):
            yield f"{text[position : fact.start]} {_PLACEHOLDERS[fact.entity]} "
            position = fact.end
    yield text[position:]

"""A message read once for all components: its language and its spelling brought to one form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.arabizi import to_arabic
from bot.arabic.language import Language, detect
from bot.arabic.normalise import normalise

# Meaning does not depend on which digit it is, only on how many there are.
_DIGIT = re.compile(r"[0-9]")
# Five thousand characters of one story say no more about its subject than the first two thousand.
_READ_AT_MOST = 2000


@dataclass(frozen=True)
class Reading:
    """What the components see of a message.

    `words` is the normalised text; Arabizi comes a second time in Arabic letters, so that what was learnt in either
    script helps. Every digit is 0.
    """

    language: Language
    words: str


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Read a message. Defined for any string; the last few are remembered, so each is computed once per turn."""
    text = text[:_READ_AT_MOST]
    language = detect(text)
    words = normalise(text)
    if language == "arabizi":
        words = f"{words} {normalise(to_arabic(text))}"
    return Reading(language, _DIGIT.sub("0", words))

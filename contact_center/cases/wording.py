"""What two texts have in common in whatever spelling: groups of letters, and a signature for the database. Pure."""

import re
from functools import lru_cache
from zlib import crc32

from bot.arabic import normalise
from bot.arabic.arabizi import to_arabic
from bot.arabic.language import detect

SIGNATURE_BITS = 512
"""A complaint of twenty words has about a hundred groups."""
FEWEST_WORDS = 2
"""Fewer say nothing."""

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_CLITIC = re.compile(r"^(?:[وفبلك]?ال|لل|[وف](?=\w{3}))")


@lru_cache(maxsize=64)  # one draft is compared with many cases
def groups(text: str) -> frozenset[str]:
    """Groups of three letters, with the words' ends: endings and prefixes differ, the middle stays.

    Arabic in Latin letters is compared as Arabic. Empty for a text of fewer than two words.
    """
    words = {_CLITIC.sub("", word) for word in _LETTERS.findall(_in_one_spelling(text))}
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(f" {word} "[i : i + 3] for word in words for i in range(len(word)))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: the share of the smaller text's groups that the other holds too."""
    few, many = sorted((one, other), key=len)
    return len(few & many) / len(few) if few else 0.0


def signature(text: str) -> str:
    """The groups of a text as 512 bits, `0` and `1`: what two signatures share is about what the texts do.

    Stored with each case, so it must not depend on the process (as `hash` does).
    """
    bits = {crc32(group.encode()) % SIGNATURE_BITS for group in groups(text)}
    return "".join("1" if bit in bits else "0" for bit in range(SIGNATURE_BITS))


def _in_one_spelling(text: str) -> str:
    return normalise(to_arabic(text) if detect(text) == "arabizi" else text)

"""What a normalised text is cut into for the classifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_WORD = re.compile(r"\w+")
# «والشارع», «بالمجاري», «هالحفرة»: one letter is only taken off a word that stays long enough without it.
_PREFIX = re.compile(r"^(?:[وفبكهع]ال|لل|ال|[وبلف](?=\w{4}))")
_SUFFIX = re.compile(r"(?<=\w{3})(?:هم|ها|نا|كم|ين|ون|ات|تي|ته|ه|ي|ك|ج)$")
_LETTERS = range(2, 5)


def letters(text: str) -> Iterator[str]:
    """Two to four letters in a row within each word, its ends marked by a space: alike in all spellings of a word."""
    for word in text.split():
        padded = f" {word} "
        for length in _LETTERS:
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def stems(text: str) -> Iterator[str]:
    """Each word without what Arabic glues to it, and each two neighbours as one: what a text is about."""
    found = [_SUFFIX.sub("", _PREFIX.sub("", word)) for word in _WORD.findall(text)]
    yield from found
    for first, second in pairwise(found):
        yield f"{first} {second}"

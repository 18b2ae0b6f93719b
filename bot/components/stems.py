"""Words of a normalised text without what Arabic glues to them."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
# «والشارع», «بالمجاري», «هالحفرة»: one letter is only taken off a word that stays long enough without it.
_PREFIX = re.compile(r"^(?:[وفبكهع]ال|لل|ال|[وبلف](?=\w{4}))")
_SUFFIX = re.compile(r"(?<=\w{3})(?:هم|ها|نا|كم|ين|ون|ات|تي|ته|ه|ي|ك|ج)$")


def stems_and_pairs(text: str) -> list[str]:
    """The stem of each word in order, then each two neighbours as one: what a bag of words is filled with."""
    stems = [_SUFFIX.sub("", _PREFIX.sub("", word)) for word in _WORD.findall(text)]
    return stems + [f"{first} {second}" for first, second in zip(stems, stems[1:])]

"""Fitting words to a channel's limits. Lengths are UTF-16 units: Telegram counts those; nobody counts more."""

import re
from bisect import bisect_right
from collections.abc import Iterable

_CUTS = [re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?؟…۔]\s", r"\s")]
"""Where a long text may be cut, best first: paragraph, line, sentence, word."""


def utf16_units(text: str) -> int:
    """The length of `text` in UTF-16 units: an emoji outside the first plane counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str, limit: int) -> list[str]:
    """`text` in as few parts as the ends of its paragraphs, lines, sentences and words allow; at least one part."""
    parts, rest = [], text.strip()
    while utf16_units(rest) > limit:
        head = rest[: _fitting(rest, limit)]
        cut = _cut(head)
        parts.append(head[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest]


def shorten(title: str, limit: int) -> str:
    """`title`, or as many of its first words as leave room for «…»."""
    if utf16_units(title) <= limit:
        return title
    head = title[: _fitting(title, limit - 1)]
    at_word_end = title[len(head)].isspace()
    words = head if at_word_end else head.rpartition(" ")[0]
    return (words or head).rstrip(" ،,-") + "…"


def numbered(text: str, titles: Iterable[str]) -> str:
    """`text` with the choices below it, numbered from 1, for those who answer by typing."""
    lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join([text, "", *lines]) if lines else text


def _fitting(text: str, limit: int) -> int:
    """How many characters of `text` fit in `limit` units."""
    return bisect_right(range(min(len(text), limit) + 1), limit, key=lambda n: utf16_units(text[:n])) - 1


def _cut(head: str) -> int:
    """The place of the best cut in the second half of `head`; its end where there is none (one endless word)."""
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(head, len(head) // 2)]
        if ends:
            return ends[-1]
    return len(head)

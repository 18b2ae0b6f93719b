"""Digits in groups, as people break long numbers up: «٣٧١٧ ٥٥ ٨٠»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATOR = r"[ ./\-‐‑‒–—−_]{1,3}"
"""What stands between the groups of a number, in a normalised text."""

_RUN = re.compile(rf"[0-9]+(?:{SEPARATOR}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Run:
    """Groups of digits with nothing else between them, in `text[start:end]`: all digits, and the groups' lengths."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]


def runs_of(text: str) -> Iterator[Run]:
    """Every longest run of digit groups in a normalised text, in order."""
    for match in _RUN.finditer(text):
        groups = _GROUP.findall(match[0])
        yield Run(match.start(), match.end(), "".join(groups), tuple(map(len, groups)))

"""What a finder hands back: a value and where in the text it stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A fact read from a text: its canonical value, and `text[start:end]` as the person wrote it."""

    value: str
    start: int
    end: int

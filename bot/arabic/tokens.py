"""Words on original offsets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    raise NotImplementedError

"""Arabizi to Arabic letters."""

from __future__ import annotations

def to_arabic(text: str) -> str:
    raise NotImplementedError

"""Case reference numbers."""

from __future__ import annotations

from bot.arabic.found import Found


def find_references(text: str) -> list[Found]:
    raise NotImplementedError

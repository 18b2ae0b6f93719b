"""Personal numbers."""

from __future__ import annotations

from bot.arabic.found import Found


def find_cprs(text: str) -> list[Found]:
    raise NotImplementedError

"""Phone numbers."""

from __future__ import annotations

from bot.arabic.found import Found


def find_phones(text: str) -> list[Found]:
    raise NotImplementedError


def parse_phone(text: str) -> str | None:
    raise NotImplementedError

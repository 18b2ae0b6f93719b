"""Agencies by the names people use."""

from __future__ import annotations

from bot.arabic.found import Found


def find_agencies(text: str) -> list[Found]:
    raise NotImplementedError

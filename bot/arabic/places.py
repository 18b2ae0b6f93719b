"""Towns, villages and districts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Governorate = Literal["capital", "muharraq", "northern", "southern"]


@dataclass(frozen=True)
class Area:
    name: str
    english: str
    governorate: Governorate
    lat: float
    lon: float


@dataclass(frozen=True)
class AreaMatch:
    area: str
    governorate: Governorate
    start: int
    end: int
    ambiguous: bool = False
    alternatives: tuple[str, ...] = ()


def find_areas(text: str) -> list[AreaMatch]:
    raise NotImplementedError


def area_named(text: str) -> Area | None:
    raise NotImplementedError


def governorate_of_block(block: int) -> Governorate | None:
    raise NotImplementedError


def nearest_area(lat: float, lon: float) -> Area | None:
    raise NotImplementedError


def english_name(area: str) -> str | None:
    raise NotImplementedError


def load_places(path: Path | None = None) -> None:
    raise NotImplementedError

"""A million cases as a country files them: few areas and categories hold most, most are closed, and one storm."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from benchmarks.nlu.examples import training_data
from bot.arabic.gazetteer import Area, gazetteer
from contact_center.agencies.catalogue import catalogue
from contact_center.cases.likeness import is_shared

SEED = 7
YEARS = 2
"""The million lies in so many years: several times as dense as what is expected."""
STORM_BLOCK, STORM_AREA, STORM_HOURS = "745", "سند", 60
STORM = {"drain.rainwater": 5_000, "road.pothole": 3_000, "trade.unlicensed": 1_500}
"""What one block holds of open cases after a storm; the last is not one thing: only its words tell."""

_TAILS = (
    "",
    " من اسبوع",
    " ومحد رد علينا",
    " جدام بيتنا",
    " نبي حل",
    " وايد",
    "، صار لها يومين",
    " صوب المدرسة",
    " pls",
)
_DEGREES_BESIDE = 0.012
_Thing = TypeVar("_Thing")
_OPEN_OF = ((7, 0.6), (30, 0.3), (10_000, 0.02))
"""Up to so many days old, so many of the cases are open."""


@dataclass(frozen=True)
class Filed:
    """One case, as far as it is compared. `lat` and `lon` in degrees, `at` with its zone."""

    category: str
    description: str
    area: str
    governorate: str
    block: str | None
    road: str | None
    lat: float | None
    lon: float | None
    status: str
    at: datetime
    identity: UUID


class Country:
    """Draws cases; the same seed draws the same."""

    def __init__(self, until: datetime, identities: Sequence[UUID]) -> None:
        self.random = random.Random(SEED)
        self.until = until
        self.identities = identities
        self.areas = _drawn(self.random, list(gazetteer().areas.values()))
        categories = catalogue().categories
        shared = [code for code, entry in categories.items() if is_shared(entry)]
        own = [code for code, entry in categories.items() if not is_shared(entry)]
        self.categories = _drawn(self.random, shared) + _drawn(self.random, own)[:20]
        self.texts: dict[str, list[str]] = {}
        for example in training_data(Path(__file__).parents[2] / "nlu_data"):
            if example.category:
                self.texts.setdefault(example.category, []).append(example.text)
        self._weights = {size: list(accumulate(1 / (rank + 1) for rank in range(size))) for size in _sizes(self)}

    def cases(self, count: int) -> Iterator[Filed]:
        """So many cases, the storm's among them."""
        for category, of_the_storm in STORM.items():
            yield from (self._of_the_storm(category) for _ in range(of_the_storm))
        for _ in range(count - sum(STORM.values())):
            yield self._ordinary()

    def text(self, category: str) -> str:
        """Words that somebody may say of a category."""
        return self.random.choice(self.texts[category]) + self.random.choice(_TAILS)

    def block(self, area: Area) -> str:
        """One of the blocks of an area: a few numbers that belong to it alone."""
        return str(100 + (sum(map(ord, area.name)) * 7 + self.random.randrange(6)) % 1100)

    def chosen(self, ranked: Sequence[_Thing]) -> _Thing:
        """One of what is ranked by how frequent it is."""
        return self.random.choices(ranked, cum_weights=self._weights[len(ranked)])[0]

    def pin(self, area: Area) -> tuple[float, float]:
        """A point somewhere in an area."""
        return tuple(at + self.random.gauss(0, _DEGREES_BESIDE) for at in (area.lat, area.lon))  # type: ignore[return-value]

    def _ordinary(self) -> Filed:
        category, area = self.chosen(self.categories), self.chosen(self.areas)
        days = self.random.random() * 365 * YEARS
        is_open = self.random.random() < next(share for most, share in _OPEN_OF if days <= most)
        lat, lon = self.pin(area) if self.random.random() < 0.3 else (None, None)
        block = self.block(area) if self.random.random() < 0.6 else None
        return Filed(
            category, self.text(category), area.name, area.governorate, block, self._road(block), lat, lon,
            self.random.choice(("received", "assigned", "in_progress")) if is_open else "closed",
            self.until - timedelta(days=days), self.random.choice(self.identities),
        )  # fmt: skip

    def _of_the_storm(self, category: str) -> Filed:
        area = gazetteer().areas[STORM_AREA]
        lat, lon = (self.random.gauss(at, 0.001) for at in (area.lat, area.lon))
        has_pin = self.random.random() < 0.5
        return Filed(
            category, self.text(category), area.name, area.governorate, STORM_BLOCK, self._road(STORM_BLOCK),
            lat if has_pin else None, lon if has_pin else None, "received",
            self.until - timedelta(hours=self.random.random() * STORM_HOURS), self.random.choice(self.identities),
        )  # fmt: skip

    def _road(self, block: str | None) -> str | None:
        return f"{block}{self.random.randrange(1, 40):02}" if block and self.random.random() < 0.7 else None


def _drawn(by: random.Random, things: Sequence[_Thing]) -> list[_Thing]:
    return by.sample(things, len(things))


def _sizes(country: Country) -> set[int]:
    return {len(country.areas), len(country.categories)}

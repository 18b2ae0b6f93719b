"""What is asked: the drafts of each kind of place, and how long the answer took."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from benchmarks.country.cases import STORM, STORM_AREA, STORM_BLOCK, Country
from bot.arabic.gazetteer import Area, gazetteer
from contact_center.cases.duplicates import Draft, closest
from contact_center.database import Database

ROUNDS = 200
_STORM_WORDS = "الماي متيمع جدام باب بيتنا من يومين"


@dataclass(frozen=True)
class Asked:
    """A draft, and who files it."""

    draft: Draft
    identities: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Took:
    """Milliseconds of one kind, how often something was found, and what took longest."""

    median: float
    p95: float
    longest: float
    found: int
    slowest: Asked


class Kinds:
    """Makes what is asked, by kind."""

    def __init__(self, country: Country) -> None:
        self._country = country
        self._storm_area = gazetteer().areas[STORM_AREA]

    def all(self) -> Mapping[str, Callable[[], Asked]]:
        """Every kind by its name."""
        storm = dict.fromkeys(STORM, "")
        return {
            "a block": self._block,
            "the area only": self._area,
            "a pin only": self._pin,
            "no place (own cases)": self._nowhere,
            **{f"storm, block: {category}": lambda category=category: self._storm(category) for category in storm},
            **{f"storm, pin: {category}": lambda category=category: self._storm_pin(category) for category in storm},
        }  # type: ignore[misc]

    def _block(self) -> Asked:
        category, area = self._somewhere()
        block = self._country.block(area)
        return Asked(self._draft(category, area, block=block), self._one_person())

    def _area(self) -> Asked:
        return Asked(self._draft(*self._somewhere()), self._one_person())

    def _pin(self) -> Asked:
        category, area = self._somewhere()
        return Asked(self._pinned(category, area, *self._country.pin(area)), self._one_person())

    def _nowhere(self) -> Asked:
        category = self._somewhere()[0]
        return Asked(Draft(category, self._country.text(category)), self._one_person())

    def _storm(self, category: str) -> Asked:
        road = f"{STORM_BLOCK}{self._country.random.randrange(1, 40):02}"
        draft = self._draft(category, self._storm_area, block=STORM_BLOCK, road=road)
        return Asked(draft, self._one_person())

    def _storm_pin(self, category: str) -> Asked:
        near = (self._country.random.gauss(at, 0.001) for at in (self._storm_area.lat, self._storm_area.lon))
        return Asked(self._pinned(category, self._storm_area, *near, block=STORM_BLOCK), self._one_person())

    def _somewhere(self) -> tuple[str, Area]:
        return self._country.chosen(self._country.categories), self._country.chosen(self._country.areas)

    def _draft(self, category: str, area: Area, **more: str) -> Draft:
        return Draft(category, self._country.text(category), area=area.name, **more)

    def _pinned(self, category: str, area: Area, lat: float, lon: float, block: str | None = None) -> Draft:
        return Draft(category, self._country.text(category), area=area.name, block=block, lat=lat, lon=lon)

    def _one_person(self) -> tuple[UUID, ...]:
        return (self._country.random.choice(self._country.identities),)


async def measured(database: Database, make: Callable[[], Asked]) -> Took:
    """Ask so many times; each in a transaction of its own, which is not part of what is measured."""
    took: list[tuple[float, Asked]] = []
    found = 0
    for asked in [make() for _ in range(ROUNDS)]:
        async with database.transaction() as session:
            await session.connection()
            started = time.perf_counter()
            similar = await closest(session, asked.draft, asked.identities)
            took.append((1000 * (time.perf_counter() - started), asked))
        found += similar is not None
    longest, slowest = max(took, key=lambda one: one[0])
    times: Sequence[float] = [milliseconds for milliseconds, _ in took]
    p95 = statistics.quantiles(times, n=100, method="inclusive")[94]
    return Took(statistics.median(times), p95, longest, found, slowest)

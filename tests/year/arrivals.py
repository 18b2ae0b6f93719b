"""The year's cases from a seed: when which are filed, by whom and where, as `patterns` has it."""

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from tests.year.model.catalogue import written
from tests.year.model.facts import BAHRAIN, HOLIDAYS, in_ramadan
from tests.year.patterns import (
    BURSTS,
    CALLS_AGAIN,
    CHANNELS,
    DECEMBER,
    HOURS,
    JANUARY,
    JOINS,
    KNOWN_PERSON,
    MONTHS,
    ON_A_HOLIDAY,
    PLACES,
    RAMADAN_HOURS,
    SPEAKS_ARABIC,
    TYPES,
    USUAL,
    WEEKDAYS,
    Burst,
)  # fmt: skip
from tests.year.script import Person, Plan


class Lots:
    """Things drawn by their weights."""

    def __init__(self, rng: random.Random, things: Sequence[object], weights: Sequence[float]) -> None:
        self._rng, self._things, self._sums = rng, things, list(accumulate(weights))

    def draw(self) -> object:
        """One of them."""
        return self._things[bisect(self._sums, self._rng.random() * self._sums[-1])]


@dataclass(frozen=True)
class Joining:
    """Somebody who joins another's case, the first of a burst, instead of filing one."""

    at: datetime
    host: Plan
    person: Person


class Arrivals:
    """The cases of the year, `number` of them, as `rng` has them."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self._rng, self._persons = rng, {channel: [] for channel in CHANNELS}
        self._count, self.plans, self.joinings = 0, [], []
        self._draw_lots(number)
        scale = number / 365
        bursts = sum(round(burst.days_worth * scale * (1 - JOINS)) for burst in BURSTS)
        moments = [(self._moment(), None) for _ in range(number - bursts)] + self._burst_moments(scale)
        hosts: dict[Burst, Plan] = {}
        for at, burst in sorted(moments, key=lambda moment: moment[0]):
            self._arrive(at, burst, hosts)

    def _draw_lots(self, number: int) -> None:
        rng = self._rng
        days = [JANUARY + timedelta(days=each) for each in range((DECEMBER - JANUARY).days + 1)]
        self._days = Lots(rng, days, [_of_day(day) for day in days])
        self._hours = Lots(rng, range(24), HOURS)
        self._ramadan_hours = Lots(rng, range(24), RAMADAN_HOURS)
        self._types = Lots(rng, list(TYPES), list(TYPES.values()))
        self._channels = Lots(rng, list(CHANNELS), list(CHANNELS.values()))
        categories = list(written()["categories"])
        self._categories = Lots(rng, categories, [USUAL.get(code.split(".")[0], 1) for code in categories])
        self._governorates = Lots(rng, list(PLACES), [weight for weight, _ in PLACES.values()])

    def _moment(self) -> datetime:
        day = self._days.draw()
        hour = (self._ramadan_hours if in_ramadan(day) else self._hours).draw()
        return self._within(datetime.combine(day, time(hour), BAHRAIN), 60)

    def _within(self, begins: datetime, minutes: int) -> datetime:
        """At a whole second, never on a full minute."""
        return begins + timedelta(minutes=self._rng.randrange(minutes), seconds=self._rng.randrange(1, 60))

    def _burst_moments(self, scale: float) -> list[tuple[datetime, Burst | None]]:
        """Most come at once, few at the end: the earlier half of a burst's time holds three quarters."""
        moments = []
        for burst in BURSTS:
            for _ in range(round(burst.days_worth * scale * (1 - JOINS))):
                moments.append((self._in_burst(burst), burst))
        return moments

    def _in_burst(self, burst: Burst) -> datetime:
        return self._within(burst.begins, max(1, int(burst.hours * 60 * self._rng.random() ** 2)))

    def _arrive(self, at: datetime, burst: Burst | None, hosts: dict[Burst, Plan]) -> None:
        person = self._person()
        category = burst.category if burst else self._categories.draw()
        governorate = burst.governorate if burst else self._governorates.draw()
        area, block = PLACES[governorate][1][burst.area] if burst else self._rng.choice(PLACES[governorate][1])
        where = written()["categories"][category][3]
        if where == "none" or (where == "optional" and self._rng.random() < 0.4):
            governorate = area = block = None
        kind = "complaint" if burst else self._types.draw()
        plan = Plan(len(self.plans), person, at, kind, category, governorate, area, block)
        self.plans.append(plan)
        if burst is None:
            return
        host = hosts.setdefault(burst, plan)
        if self._rng.random() < JOINS / (1 - JOINS):
            joins_at = self._within(at, 30)
            self.joinings.append(Joining(joins_at, host, self._joiner(host)))

    def _person(self) -> Person:
        channel = self._channels.draw()
        known = self._persons[channel]
        if known and self._rng.random() < KNOWN_PERSON:
            again = self._rng.choice(known)
            return self._calling_again(again) if channel == "call_center" else again
        person = Person(self._count, channel, "ar" if self._rng.random() < SPEAKS_ARABIC else "en", self._count)
        self._count += 1
        known.append(person)
        return person

    def _calling_again(self, person: Person) -> Person:
        self._count += 1
        return replace(person, number=self._count - 1)

    def _joiner(self, host: Plan) -> Person:
        """Some who have told us by phone call again about the same."""
        told = [each.person for each in self.joinings if each.host is host] + [host.person]
        callers = [person for person in told if person.channel == "call_center"]
        if callers and self._rng.random() < CALLS_AGAIN:
            return self._calling_again(self._rng.choice(callers))
        return self._person()


def _of_day(day: date) -> float:
    usual = MONTHS[day.month - 1] * WEEKDAYS[day.strftime("%A")]
    return usual * ON_A_HOLIDAY if day in HOLIDAYS else usual

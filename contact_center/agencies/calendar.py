"""Bahrain's working days and their hours. Pure.

Hours come from `working_hours`. Public holidays come from the `holidays` package, whose Hijri dates are estimates until
they are announced: an administrator corrects them with overrides.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import accumulate

import holidays

from contact_center.agencies.working_hours import WorkingHours, working_hours
from contact_center.agencies.working_week import Frames
from contact_center.clock import BAHRAIN

Stretch = tuple[datetime, datetime]
"""From when to when (aware, UTC) there is work."""
_LONGEST_BREAK_DAYS = 366


class WorkingCalendar:
    """Working days. `overrides`: day -> working or not, over the weekend and the public holidays."""

    def __init__(
        self, overrides: Mapping[date, bool] | None = None, hours: WorkingHours | None = None, zone: tzinfo = BAHRAIN
    ) -> None:
        """`hours`: those of working_hours.yml unless given; `zone`: whose days and hours they are."""
        self.zone = zone
        self._overrides = dict(overrides or {})
        self._hours = hours or working_hours()
        self._stretches: dict[date, tuple[Stretch, ...]] = {}
        self._counts: dict[int, Sequence[int]] = {}

    def is_working(self, day: date) -> bool:
        """Whether government offices work on `day`."""
        return bool(self._frames(day))

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is off whatever its weekday: declared so, or a public holiday."""
        declared = self._overrides.get(day)
        return day in _public_holidays(day.year) if declared is None else not declared

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The stretches of work on `day`, in order; () on a day off."""
        known = self._stretches.get(day)
        if known is None:
            known = self._stretches[day] = tuple(
                (self._moment(day, frame.opens), self._moment(day, frame.closes)) for frame in self._frames(day)
            )
        return known

    def day_of(self, moment: datetime) -> date:
        """The day of an aware moment in the calendar's zone. Raises `ValueError` for a moment without a zone."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no zone")
        return moment.astimezone(self.zone).date()

    def first_working_day(self, day: date, step: int = 1) -> date:
        """`day` itself if it is a working day, else the next one; with `step` -1, the one before.

        Raises `ValueError` where there is none for a year.
        """
        for ahead in range(_LONGEST_BREAK_DAYS):
            found = day + timedelta(days=step * ahead)
            if self.is_working(found):
                return found
        raise ValueError(f"there is no working day within a year of {day}")

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The end of the working day that comes `days` working days after `moment` (aware); aware, in UTC.

        The day of `moment` is day zero, whatever the hour; a moment on a day off counts as the next working day. Raises
        `ValueError` for negative days or a moment without a zone.
        """
        if days < 0:
            raise ValueError(f"cannot add {days} working days")
        day = self.first_working_day(self.day_of(moment))
        for _ in range(days):
            day = self.first_working_day(day + timedelta(days=1))
        return self.stretches(day)[-1][1]

    def working_days(self, after: date, until: date) -> int:
        """How many working days come after a day, up to another one that is not before it."""
        whole_years = sum(self._count(year)[-1] for year in range(after.year, until.year))
        return whole_years + self._passed(until) - self._passed(after)

    def _passed(self, day: date) -> int:
        return self._count(day.year)[day.timetuple().tm_yday]

    def _count(self, year: int) -> Sequence[int]:
        """How many working days of a year have passed after so many days of it."""
        if year not in self._counts:
            first = date(year, 1, 1)
            days = (first + timedelta(days=ahead) for ahead in range((date(year + 1, 1, 1) - first).days))
            self._counts[year] = [0, *accumulate(self.is_working(day) for day in days)]
        return self._counts[year]

    def _frames(self, day: date) -> Frames:
        declared = self._overrides.get(day)
        if declared is False or (declared is None and day in _public_holidays(day.year)):
            return ()
        return self._hours.of(day) or (self._hours.declared if declared else ())

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=self.zone).astimezone(UTC)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BH", years=year))

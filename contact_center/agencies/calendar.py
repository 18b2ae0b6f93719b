"""Bahrain's working days. Pure.

Government offices work from 07:00 to 14:15, Sunday to Thursday (Civil Service Bureau, Edict 1 of 2023). That Thursdays
end at 14:00, that some offices work until 15:00 and that Ramadan has shorter hours is not counted: a working day ends
at 14:15. Public holidays come from the `holidays` package, whose Hijri dates are estimates until they are announced: an
administrator corrects them with overrides.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from contact_center.clock import BAHRAIN

OFFICE_CLOSES = time(14, 15)
WEEKEND = frozenset({4, 5})
"""Friday and Saturday, as `date.weekday()` counts."""


class WorkingCalendar:
    """Working days of Bahrain. `overrides`: day -> working or not, over the weekend and the public holidays."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def is_working(self, day: date) -> bool:
        """Whether government offices work on `day` (a date in Bahrain)."""
        declared = self._overrides.get(day)
        if declared is not None:
            return declared
        return day.weekday() not in WEEKEND and day not in _public_holidays(day.year)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is off whatever its weekday: declared so, or a public holiday."""
        declared = self._overrides.get(day)
        return day in _public_holidays(day.year) if declared is None else not declared

    def first_working_day(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The end of the working day that comes `days` working days after `moment` (aware); aware, in UTC.

        The day of `moment` in Bahrain is day zero, whatever the hour; a moment on a day off counts as the next working
        day. Raises `ValueError` for negative days or a moment without a zone.
        """
        if days < 0 or moment.tzinfo is None:
            raise ValueError(f"cannot add {days} working days to {moment}")
        day = self.first_working_day(moment.astimezone(BAHRAIN).date())
        for _ in range(days):
            day = self.first_working_day(day + timedelta(days=1))
        return datetime.combine(day, OFFICE_CLOSES, tzinfo=BAHRAIN).astimezone(UTC)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BH", years=year))

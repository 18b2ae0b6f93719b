"""Working time, minute by minute: how much of it has passed before each minute of the known days.

Two ways of counting. In days: every working day is worth the same, so a minute of Ramadan's shorter day is worth more.
In hours: every working minute is worth the same. All numbers are whole or fractions: nothing is rounded.
"""

from array import array
from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.year.model.facts import BAHRAIN, FIRST_DAY, LAST_DAY, hours_of

DAY = 435 * 360
"""What a working day is worth, counted in days: a number that its minutes divide, be they 435 or 360."""
HOUR = 60
"""What a working hour is worth, counted in hours: a minute is 1."""

_MINUTES_A_DAY = 24 * 60
_START = datetime.combine(FIRST_DAY, time(), BAHRAIN)


class Minutes:
    """The known days, with those that were declared working or not."""

    def __init__(self, declared: dict[date, bool]) -> None:
        self.declared = dict(declared)
        self._passed = {"days": array("q", [0]), "hours": array("q", [0])}
        for number in range((LAST_DAY - FIRST_DAY).days + 1):
            self._add(FIRST_DAY + timedelta(days=number))

    def _add(self, day: date) -> None:
        opens, closes = hours_of(day, self.declared) or (0, 0)
        for unit, passed in self._passed.items():
            before = passed[-1]
            worth = (DAY // (closes - opens) if unit == "days" else 1) if closes else 0
            after = before + worth * (closes - opens)
            passed.extend([before] * opens)
            passed.extend(range(before + worth, after + 1, worth) if worth else ())
            passed.extend([after] * (_MINUTES_A_DAY - closes))

    def passed(self, unit: str, moment: datetime) -> Fraction:
        """How much working time has passed before a moment."""
        since = moment - _START
        minute, seconds = divmod(since, timedelta(minutes=1))
        before, after = self._passed[unit][minute], self._passed[unit][minute + 1]
        return before + (after - before) * Fraction(seconds // timedelta(microseconds=1), 60_000_000)

    def when(self, unit: str, amount: Fraction) -> datetime:
        """The first moment before which so much has passed, to the microsecond."""
        passed = self._passed[unit]
        minute = bisect_left(passed, amount)
        before, after = passed[minute - 1], passed[minute]
        share = Fraction(amount - before) / (after - before)
        return _START + timedelta(minutes=minute - 1, microseconds=round(share * 60_000_000))

    def works_on(self, day: date) -> bool:
        """Whether the offices work on a day."""
        return hours_of(day, self.declared) is not None

    def end_of(self, day: date) -> datetime:
        """When the offices close on a working day."""
        hours = hours_of(day, self.declared)
        assert hours, f"{day} is off"
        return datetime.combine(day, time(), BAHRAIN) + timedelta(minutes=hours[1])

    def working_days_after(self, day: date, number: int) -> date:
        """The working day that comes `number` working days after a day; a day off counts as the next working day."""
        while not self.works_on(day):
            day += timedelta(days=1)
        for _ in range(number):
            day += timedelta(days=1)
            while not self.works_on(day):
                day += timedelta(days=1)
        return day


class Calendar:
    """The minutes as they were known at each moment of the year: days are declared working or not as it goes on."""

    def __init__(self, declarations: list[tuple[datetime, date, bool]]) -> None:
        """`declarations`: when which day was declared working or not."""
        self._known = [(datetime.min.replace(tzinfo=BAHRAIN), Minutes({}))]
        for at, day, working in sorted(declarations):
            self._known.append((at, Minutes(self._known[-1][1].declared | {day: working})))

    def at(self, moment: datetime) -> Minutes:
        """The minutes as they are known at a moment."""
        return next(minutes for since, minutes in reversed(self._known) if since <= moment)

    def changes(self, after: datetime, until: datetime) -> list[tuple[datetime, Minutes, Minutes]]:
        """When something was declared after a moment and until another: what was known before, and what since."""
        return [(at, before, now) for (_, before), (at, now) in pairwise(self._known) if after < at <= until]

"""Time that counts: working days, or working hours, between moments. Pure.

A deadline of days is measured in working days (a short day in Ramadan is a day like any other), a deadline of hours in
working hours. Both are exact, so that what is taken off a clock and put back is the same time.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from contact_center.agencies.calendar import Stretch, WorkingCalendar

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


class Unit(StrEnum):
    """What is counted; the values are those of the database."""

    DAYS = "days"
    HOURS = "hours"


def between(calendar: WorkingCalendar, unit: Unit, start: datetime, end: datetime) -> Fraction:
    """The working time from `start` to `end` (aware), in `unit`; negative where `end` comes first."""
    if end < start:
        return -between(calendar, unit, end, start)
    total = _done(calendar, unit, end) - _done(calendar, unit, start)
    day, last = calendar.day_of(start), calendar.day_of(end)
    while day < last:
        total += _whole(calendar, unit, day)
        day += _DAY
    return total


def after(calendar: WorkingCalendar, unit: Unit, moment: datetime, amount: Fraction) -> datetime:
    """The moment `amount` of working time after `moment` (before it, where negative); aware, UTC, to the microsecond.

    It lies in working hours: of all moments that are as far, the earliest, so that what ends with a day ends that day.
    """
    day = calendar.day_of(moment)
    left = amount + _done(calendar, unit, moment)
    while left > _whole(calendar, unit, day):
        left -= _whole(calendar, unit, day)
        day = calendar.first_working_day(day + _DAY)
    while left <= 0:
        day = calendar.first_working_day(day - _DAY, step=-1)
        left += _whole(calendar, unit, day)
    return _at_share(calendar.stretches(day), left / _whole(calendar, unit, day))


def _whole(calendar: WorkingCalendar, unit: Unit, day: date) -> Fraction:
    """How much working time a day has."""
    stretches = calendar.stretches(day)
    if unit == Unit.DAYS:
        return Fraction(bool(stretches))
    return Fraction(_length(stretches) // _MICROSECOND, _HOUR // _MICROSECOND)


def _done(calendar: WorkingCalendar, unit: Unit, moment: datetime) -> Fraction:
    """How much of its day's working time has passed at a moment."""
    day = calendar.day_of(moment)
    stretches = calendar.stretches(day)
    if not stretches:
        return Fraction(0)
    passed = sum((min(moment, closes) - opens for opens, closes in stretches if opens < moment), timedelta())
    return _whole(calendar, unit, day) * Fraction(passed // _MICROSECOND, _length(stretches) // _MICROSECOND)


def _at_share(stretches: tuple[Stretch, ...], share: Fraction) -> datetime:
    """The moment at which `share` (above 0, at most 1) of the stretches has passed."""
    left = timedelta(microseconds=round(share * (_length(stretches) // _MICROSECOND)))
    for opens, closes in stretches:
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("a share is at most the whole")


def _length(stretches: tuple[Stretch, ...]) -> timedelta:
    return sum((closes - opens for opens, closes in stretches), timedelta())

"""Working time: nothing is lost or gained, whatever holidays, Ramadan, noon breaks and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_hours import WorkingHours
from contact_center.agencies.working_time import Unit, after, between
from contact_center.agencies.working_week import Frame
from contact_center.clock import BAHRAIN

MICROSECOND = timedelta(microseconds=1)
SPLIT = (Frame(time(0, 30), time(4)), Frame(time(16), time(20)))
"""Two frames, the first over the hour that clock changes skip or repeat."""
TWICE_A_DAY = WorkingHours({day: SPLIT if day < 5 else () for day in range(7)}, dict.fromkeys(range(7), SPLIT), SPLIT)
ZONES = [BAHRAIN, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")]

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOMENTS = st.integers(1_704_067_200, 1_924_905_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
OVERRIDES = st.dictionaries(DAYS, st.booleans(), max_size=8)
CALENDARS = st.builds(WorkingCalendar, OVERRIDES, st.sampled_from([None, TWICE_A_DAY]), st.sampled_from(ZONES))
UNITS = st.sampled_from(Unit)
AMOUNTS = st.fractions(-30, 60, max_denominator=360)
SPANS = st.integers(0, 90 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


def bahrain(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BAHRAIN)


def slowly(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time minute by minute."""
    minutes, moment = 0, start
    while moment < end:
        minutes += any(opens <= moment < closes for opens, closes in calendar.stretches(calendar.day_of(moment)))
        moment += timedelta(minutes=1)
    return timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("unit", "start", "end", "amount"),
    [
        (Unit.HOURS, bahrain(22, 9), bahrain(22, 11), 2),  # a Sunday
        (Unit.HOURS, bahrain(22, 13, 15), bahrain(23, 8), 2),  # over a night
        (Unit.HOURS, bahrain(19, 14), bahrain(22, 7, 15), Fraction(1, 2)),  # over a weekend
        (Unit.DAYS, bahrain(22, 7), bahrain(22, 14, 15), 1),
        (Unit.DAYS, bahrain(19, 14, 15), bahrain(24, 14, 15), 3),
        (Unit.DAYS, bahrain(20, 12), bahrain(21, 23), 0),
        (Unit.DAYS, bahrain(16, 9, month=12), bahrain(17, 20, month=12), 0),  # the National Days
        (Unit.HOURS, bahrain(22, 7, month=2), bahrain(22, 15, month=2), 6),  # Ramadan: 08:00 to 14:00
        (Unit.DAYS, bahrain(22, 11, month=2), bahrain(23, 14, month=2), Fraction(3, 2)),
    ],
)
def test_how_much_lies_between(unit: Unit, start: datetime, end: datetime, amount: Fraction) -> None:
    assert between(WorkingCalendar(), unit, start, end) == amount
    assert between(WorkingCalendar(), unit, end, start) == -amount


@pytest.mark.parametrize(
    ("unit", "moment", "amount", "found"),
    [
        (Unit.HOURS, bahrain(19, 13, 15), 2, bahrain(22, 8)),  # Thursday to Sunday
        (Unit.HOURS, bahrain(19, 13, 15), 1, bahrain(19, 14, 15)),  # the end of the day, not the next morning
        (Unit.DAYS, bahrain(19, 20), 1, bahrain(22, 14, 15)),
        (Unit.DAYS, bahrain(24, 14, 15), -1, bahrain(23, 14, 15)),
        (Unit.DAYS, bahrain(21, 10), 0, bahrain(19, 14, 15)),  # from a Saturday back to when anybody last worked
    ],
)
def test_what_lies_so_far_away(unit: Unit, moment: datetime, amount: int, found: datetime) -> None:
    assert after(WorkingCalendar(), unit, moment, Fraction(amount)) == found


@given(calendar=CALENDARS, unit=UNITS, moment=MOMENTS, amount=AMOUNTS)
def test_there_and_back(calendar: WorkingCalendar, unit: Unit, moment: datetime, amount: Fraction) -> None:
    there = after(calendar, unit, moment, amount)
    assert abs(between(calendar, unit, moment, there) - amount) < Fraction(1, 1_000_000)


@given(calendar=CALENDARS, unit=UNITS, moment=MOMENTS, amount=AMOUNTS)
def test_it_is_never_on_a_day_off_nor_outside_hours(
    calendar: WorkingCalendar, unit: Unit, moment: datetime, amount: Fraction
) -> None:
    found = after(calendar, unit, moment, amount)
    assert calendar.is_working(calendar.day_of(found - MICROSECOND))
    stretches = calendar.stretches(calendar.day_of(found - MICROSECOND))
    assert any(opens < found <= closes for opens, closes in stretches)


@given(calendar=CALENDARS, unit=UNITS, start=MOMENTS, first=SPANS, second=SPANS)
def test_a_stop_in_between_changes_nothing(
    calendar: WorkingCalendar, unit: Unit, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = between(calendar, unit, start, end)
    assert between(calendar, unit, start, middle) + between(calendar, unit, middle, end) == whole


@given(calendar=CALENDARS, start=MOMENTS.map(lambda moment: moment.replace(second=0)), span=st.integers(0, 3 * 1440))
def test_hours_are_those_counted_minute_by_minute(calendar: WorkingCalendar, start: datetime, span: int) -> None:
    end = start + timedelta(minutes=span)
    counted = slowly(calendar, start, end)
    assert between(calendar, Unit.HOURS, start, end) == Fraction(counted // timedelta(minutes=1), 60)


def test_where_nobody_ever_works_is_said() -> None:
    never = WorkingHours(dict.fromkeys(range(7), ()), dict.fromkeys(range(7), ()), SPLIT)
    with pytest.raises(ValueError, match="no working day"):
        after(WorkingCalendar(hours=never), Unit.DAYS, bahrain(22, 9), Fraction(1))

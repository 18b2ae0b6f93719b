from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_hours import is_ramadan, read, working_hours
from contact_center.clock import BAHRAIN

PLAIN = WorkingCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOMENTS = st.integers(1_704_067_200, 1_924_905_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""2024 to 2030."""
OVERRIDES = st.dictionaries(DAYS, st.booleans(), max_size=8)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 11, 20), True),  # Thursday
        (date(2025, 11, 21), False),  # Friday
        (date(2025, 11, 22), False),  # Saturday
        (date(2025, 11, 23), True),  # Sunday
        (date(2025, 12, 16), False),  # National Day, a Tuesday
        (date(2025, 12, 17), False),
        (date(2025, 3, 31), False),  # Eid al-Fitr, a Monday
        (date(2025, 1, 1), False),
    ],
)
def test_weekend_and_public_holidays(day: date, working: bool) -> None:
    assert PLAIN.is_working(day) is working


def test_what_an_administrator_declares_wins() -> None:
    calendar = WorkingCalendar({date(2025, 11, 20): False, date(2025, 11, 21): True, date(2025, 12, 16): True})
    assert [calendar.is_working(date(2025, 11, day)) for day in (20, 21, 22)] == [False, True, False]
    assert calendar.is_working(date(2025, 12, 16))


def test_a_day_is_a_day_in_bahrain_not_in_utc() -> None:
    late_thursday_in_utc = datetime(2025, 11, 20, 21, 30, tzinfo=UTC)  # Friday, 00:30 in Bahrain
    assert PLAIN.add_working_days(late_thursday_in_utc, 0) == datetime(2025, 11, 23, 11, 15, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        PLAIN.add_working_days(datetime(2025, 11, 20, 9), 1)  # noqa: DTZ001 - the point of the test


def test_negative_days_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot add"):
        PLAIN.add_working_days(datetime(2025, 11, 20, 9, tzinfo=UTC), -1)


@given(moment=MOMENTS, days=st.integers(0, 40), overrides=OVERRIDES)
def test_the_end_is_a_working_day_with_as_many_before_it(
    moment: datetime, days: int, overrides: dict[date, bool]
) -> None:
    calendar = WorkingCalendar(overrides)
    end = calendar.add_working_days(moment, days).astimezone(BAHRAIN)
    hours = working_hours().of(end.date()) or working_hours().declared
    start = calendar.first_working_day(moment.astimezone(BAHRAIN).date())
    between = [start + timedelta(days=n) for n in range(1, (end.date() - start).days + 1)]
    assert calendar.is_working(end.date())
    assert sum(map(calendar.is_working, between)) == days
    assert end.time() == hours[-1].closes


@given(earlier=MOMENTS, later=MOMENTS, days=st.integers(0, 20), overrides=OVERRIDES)
def test_filing_later_is_never_due_earlier(
    earlier: datetime, later: datetime, days: int, overrides: dict[date, bool]
) -> None:
    calendar = WorkingCalendar(overrides)
    first, second = sorted((earlier, later))
    assert calendar.add_working_days(first, days) <= calendar.add_working_days(second, days)


@pytest.mark.parametrize(
    ("day", "ramadan"),
    [(date(2026, 2, 17), False), (date(2026, 2, 18), True), (date(2026, 3, 19), True), (date(2026, 3, 20), False)],
)
def test_ramadan(day: date, ramadan: bool) -> None:
    assert is_ramadan(day) is ramadan


def test_a_day_in_ramadan_is_shorter() -> None:
    (stretch,) = PLAIN.stretches(date(2026, 2, 22))
    assert [moment.astimezone(BAHRAIN).hour for moment in stretch] == [8, 14]


def test_a_friday_that_is_declared_a_working_day_has_hours() -> None:
    assert WorkingCalendar({date(2025, 11, 21): True}).stretches(date(2025, 11, 21))
    assert WorkingCalendar({date(2025, 11, 20): False}).stretches(date(2025, 11, 20)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "ordinary: {}",
        "{ordinary: {}, ramadan: {}, declared: []}",
        "{ordinary: 1, ramadan: 2, declared: ['07:00-06:00']}",
    ],
)
def test_what_are_no_working_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ours|working day"):
        read(text)


@pytest.mark.parametrize("days", [0, 1, 40, 400, 900])
def test_working_days_between_are_counted_as_one_by_one(days: int) -> None:
    after = date(2024, 12, 30)
    until = after + timedelta(days=days)
    declared = WorkingCalendar({date(2025, 1, 5): False, date(2025, 1, 11): True})
    one_by_one = sum(declared.is_working(after + timedelta(days=ahead)) for ahead in range(1, days + 1))
    assert declared.working_days(after, until) == one_by_one

from datetime import UTC, date, datetime

import pytest

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.deadlines import due_at
from contact_center.clock import BAHRAIN


def bahrain(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BAHRAIN)


@pytest.mark.parametrize(
    ("filed", "days", "due"),
    [
        (bahrain(2025, 11, 17), 1, bahrain(2025, 11, 18, 14, 15)),  # Monday → Tuesday
        (bahrain(2025, 11, 17, 23, 59), 1, bahrain(2025, 11, 18, 14, 15)),  # after hours: the same day zero
        (bahrain(2025, 11, 20), 1, bahrain(2025, 11, 23, 14, 15)),  # Thursday → Sunday
        (bahrain(2025, 11, 21), 1, bahrain(2025, 11, 24, 14, 15)),  # Friday counts as Sunday → Monday
        (bahrain(2025, 11, 22, 23), 1, bahrain(2025, 11, 24, 14, 15)),  # Saturday night too
        (bahrain(2025, 12, 15), 1, bahrain(2025, 12, 18, 14, 15)),  # over the two National Days
        (bahrain(2025, 12, 14), 5, bahrain(2025, 12, 23, 14, 15)),  # and a weekend
        (bahrain(2025, 12, 31), 1, bahrain(2026, 1, 4, 14, 15)),  # over New Year's Day and a weekend
    ],
)
def test_due(filed: datetime, days: int, due: datetime) -> None:
    found = due_at(filed, days, WorkingCalendar())
    assert found == due
    assert found.tzinfo is UTC


def test_a_declared_holiday_moves_the_deadline() -> None:
    calendar = WorkingCalendar({date(2025, 11, 18): False})
    assert due_at(bahrain(2025, 11, 17), 1, calendar) == bahrain(2025, 11, 19, 14, 15)


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        due_at(bahrain(2025, 11, 17), 0, WorkingCalendar())

"""Deadlines and days in words."""

from datetime import UTC, datetime, timedelta

import pytest

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.clock import BAHRAIN
from contact_center.console.moments import clock_time, day, deadline, decimal, number, said_day, working_days_left

SUNDAY = datetime(2025, 11, 23, 9, tzinfo=BAHRAIN)
CALENDAR = WorkingCalendar()


def left_until(due_at: datetime, language: str) -> str:
    return deadline(working_days_left(SUNDAY, due_at, CALENDAR), late=due_at < SUNDAY, language=language)


def due(days: int) -> datetime:
    """14:15 so many days from Sunday."""
    return datetime(2025, 11, 23, 14, 15, tzinfo=BAHRAIN) + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "left", "arabic", "english"),
    [
        (0, 0, "اليوم آخر موعد", "Due today"),
        (1, 1, "باقي يوم عمل واحد", "1 working day left"),
        (2, 2, "باقي يومي عمل", "2 working days left"),
        (3, 3, "باقي ٣ أيام عمل", "3 working days left"),
        (7, 5, "باقي ٥ أيام عمل", "5 working days left"),  # a weekend between
        (17, 13, "باقي ١٣ يوم عمل", "13 working days left"),
        (-1, -1, "متأخر يوم عمل واحد", "1 working day overdue"),  # due on Saturday: Sunday came since
        (-4, -2, "متأخر يومي عمل", "2 working days overdue"),
        (-7, -5, "متأخر ٥ أيام عمل", "5 working days overdue"),
    ],
)
def test_a_deadline_in_working_days(days: int, left: int, arabic: str, english: str) -> None:
    assert working_days_left(SUNDAY, due(days), CALENDAR) == left
    assert left_until(due(days), "ar") == arabic
    assert left_until(due(days), "en") == english


def test_a_deadline_of_this_morning_is_over() -> None:
    assert left_until(SUNDAY - timedelta(hours=1), "en") == "Overdue since today"


def test_a_declared_holiday_is_no_working_day() -> None:
    tuesday = WorkingCalendar({due(2).date(): False})
    assert working_days_left(SUNDAY, due(3), tuesday) == 2


def test_days_and_times_are_bahrains() -> None:
    late = datetime(2025, 11, 22, 22, 30, tzinfo=UTC)
    assert day(late, "ar") == "الأحد ٢٣ نوفمبر ٢٠٢٥"
    assert day(late, "en") == "Sun 23 Nov 2025"
    assert clock_time(late, "ar") == "٠١:٣٠"
    assert clock_time(late, "en") == "01:30"


@pytest.mark.parametrize(
    ("days", "arabic", "english"),
    [
        (0, "اليوم", "Today"),
        (-1, "أمس", "Yesterday"),
        (1, "غدًا", "Tomorrow"),
        (2, "الثلاثاء ٢٥ نوفمبر", "Tue 25 Nov"),
        (-365, "السبت ٢٣ نوفمبر ٢٠٢٤", "Sat 23 Nov 2024"),
    ],
)
def test_a_day_is_said_as_people_say_it(days: int, arabic: str, english: str) -> None:
    today = SUNDAY.astimezone(BAHRAIN).date()
    assert said_day(SUNDAY + timedelta(days=days), "ar", today=today) == arabic
    assert said_day(SUNDAY + timedelta(days=days), "en", today=today) == english


def test_large_numbers_are_set_apart() -> None:
    assert number(1234567, "ar") == "١٬٢٣٤٬٥٦٧"
    assert number(1234567, "en") == "1,234,567"


@pytest.mark.parametrize(
    ("value", "arabic", "english"), [(1.04, "١٫٠", "1.0"), (0.25, "٠٫٢", "0.2"), (12.5, "١٢٫٥", "12.5")]
)
def test_a_number_with_one_place(value: float, arabic: str, english: str) -> None:
    assert (decimal(value, "ar"), decimal(value, "en")) == (arabic, english)

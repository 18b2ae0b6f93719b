"""When the contact centre's staff answer."""

from datetime import UTC, date, datetime, time

import pytest

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.office_hours import OfficeHours, office_hours, read
from contact_center.agencies.working_week import Frame
from contact_center.clock import BAHRAIN

CALENDAR = WorkingCalendar()


def bahrain(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BAHRAIN)


@pytest.mark.parametrize(
    ("moment", "on"),
    [(bahrain(22, 6, 59), False), (bahrain(22, 7), True), (bahrain(22, 20, 59), True), (bahrain(22, 21), False),
     (bahrain(20, 12), False), (bahrain(21, 8), True), (bahrain(21, 14), False)],
)  # fmt: skip
def test_open_to_the_minute(moment: datetime, on: bool) -> None:
    assert office_hours().are_on(moment, CALENDAR) is on
    assert office_hours().are_on(moment.astimezone(UTC), CALENDAR) is on, "whatever zone it is told in"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [(bahrain(22, 5), bahrain(22, 7)), (bahrain(22, 22), bahrain(23, 7)), (bahrain(19, 21), bahrain(21, 8)),
     (bahrain(21, 15), bahrain(22, 7))],
)  # fmt: skip
def test_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert office_hours().next_opening(moment, CALENDAR) == opens


def test_holidays_are_off_and_administrators_have_the_last_word() -> None:
    national_day = datetime(2026, 12, 16, 10, tzinfo=BAHRAIN)
    assert not office_hours().are_on(national_day, CALENDAR)
    assert office_hours().are_on(national_day, WorkingCalendar({date(2026, 12, 16): True}))
    assert not office_hours().are_on(bahrain(22, 10), WorkingCalendar({date(2026, 11, 22): False}))


def test_a_saturday_declared_working_keeps_its_own_hours() -> None:
    declared = WorkingCalendar({date(2026, 11, 21): True})
    assert not office_hours().are_on(bahrain(21, 15), declared)


def test_staff_who_never_work_never_open() -> None:
    assert OfficeHours(dict.fromkeys(range(7), ())).next_opening(bahrain(22, 5), CALENDAR) is None


def test_days_alike_stand_together() -> None:
    assert [(first, last) for first, last, _ in office_hours().alike()] == [(6, 3), (5, 5)]


def test_a_file_of_two_frames_a_day() -> None:
    days = "\n".join(f"{day}: []" for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"))
    hours = read(f'{days}\nsunday: ["16:00-20:00", "08:00-12:30"]')
    assert hours.week[6] == (Frame(time(8), time(12, 30)), Frame(time(16), time(20)))
    assert hours.next_opening(bahrain(22, 13), CALENDAR) == bahrain(22, 16)


@pytest.mark.parametrize("text", ["sunday: []", "[]", "monday: ['20:00-07:00']"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Hours name"):
        read(text)

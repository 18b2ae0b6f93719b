from datetime import UTC, date, datetime

import pytest

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.deadlines import due_at
from contact_center.agencies.term import Term, read_term
from contact_center.agencies.working_time import Unit
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
    found = due_at(filed, Term(days), WorkingCalendar())
    assert found == due
    assert found.tzinfo is UTC


def test_a_declared_holiday_moves_the_deadline() -> None:
    calendar = WorkingCalendar({date(2025, 11, 18): False})
    assert due_at(bahrain(2025, 11, 17), Term(1), calendar) == bahrain(2025, 11, 19, 14, 15)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        (bahrain(2025, 11, 17), bahrain(2025, 11, 17, 13)),
        (bahrain(2025, 11, 17, 12), bahrain(2025, 11, 18, 8, 45)),  # over the night
        (bahrain(2025, 11, 20, 20), bahrain(2025, 11, 23, 11)),  # Thursday evening: from Sunday morning on
    ],
)
def test_due_after_four_hours(filed: datetime, due: datetime) -> None:
    assert due_at(filed, Term(4, Unit.HOURS), WorkingCalendar()) == due


@pytest.mark.parametrize(("written", "term"), [(7, Term(7)), ("7", Term(7)), ("6h", Term(6, Unit.HOURS))])
def test_terms_are_read_and_written(written: object, term: Term) -> None:
    assert read_term(written) == term
    assert read_term(str(term)) == term


@pytest.mark.parametrize("written", [0, "0h", "h", -1, "7d", None, "٧", 1.5])
def test_what_is_no_term_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="working day"):
        read_term(written)

"""The slow model's facts and counting: right by themselves, before anything is held against them."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import holidays
import pytest
from hijridate import Hijri

from tests.year.model import catalogue
from tests.year.model.catalogue import Term
from tests.year.model.facts import BAHRAIN, FIRST_DAY, HOLIDAYS, LAST_DAY, RAMADAN, hours_of
from tests.year.model.minutes import DAY, Calendar, Minutes


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2026 in Bahrain."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=BAHRAIN)


def test_the_holidays_are_those_of_the_package() -> None:
    """The table by hand, and what others reckoned."""
    known = holidays.country_holidays("BH", years=(2025, 2026, 2027))
    assert set(HOLIDAYS) == {day for day in known if FIRST_DAY <= day <= LAST_DAY}


def test_ramadan_is_the_ninth_month() -> None:
    """By the Umm al-Qura calendar."""
    months = [(Hijri(year, 9, 1).to_gregorian(), Hijri(year, 10, 1).to_gregorian()) for year in (1447, 1448)]
    assert list(RAMADAN) == [(first, after - timedelta(days=1)) for first, after in months]


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 1, 4), (420, 855)),  # a Sunday
        (date(2026, 1, 2), None),  # a Friday
        (date(2026, 12, 16), None),  # National Day
        (date(2026, 3, 1), (480, 840)),  # Ramadan
        (date(2026, 1, 5), None),  # declared off
        (date(2026, 1, 10), (420, 855)),  # a Saturday, declared working
    ],
)
def test_the_hours_of_a_day(day: date, hours: tuple[int, int] | None) -> None:
    """Weekend, holidays, Ramadan, and what was declared."""
    assert hours_of(day, {date(2026, 1, 5): False, date(2026, 1, 10): True}) == hours


def test_a_day_is_a_day_in_ramadan_too() -> None:
    """Counted in days, half of a short day is half a day; counted in hours, it is three hours."""
    minutes = Minutes({})
    begins, noon = at(3, 1, 8), at(3, 1, 11)
    assert minutes.passed("days", noon) - minutes.passed("days", begins) == Fraction(DAY, 2)
    assert minutes.passed("hours", noon) - minutes.passed("hours", begins) == 180


def test_what_ends_with_a_day_ends_that_day() -> None:
    """Of all moments before which as much has passed, the first; within a minute by its share."""
    minutes = Minutes({})
    for moment in (at(1, 8, 14, 15), at(1, 8, 9, 30, 20), at(2, 18, 8, 0, 1)):
        assert minutes.when("days", minutes.passed("days", moment)) == moment
    assert minutes.when("days", minutes.passed("days", at(1, 10, 3))) == at(1, 8, 14, 15)  # a Saturday, early


def test_working_days_are_counted_from_the_day_after() -> None:
    """A case filed on a day off counts as filed on the next working day."""
    minutes = Minutes({})
    assert minutes.working_days_after(date(2026, 1, 4), 1) == date(2026, 1, 5)
    assert minutes.working_days_after(date(2026, 1, 2), 1) == date(2026, 1, 5)
    assert minutes.working_days_after(date(2026, 3, 18), 2) == date(2026, 3, 23)  # over the feast


def test_the_calendar_is_what_was_known_at_a_moment() -> None:
    """What is declared at nine is not known at eight."""
    calendar = Calendar([(at(1, 5, 9), date(2026, 1, 5), False)])
    assert calendar.at(at(1, 5, 8)).works_on(date(2026, 1, 5))
    assert not calendar.at(at(1, 5, 9)).works_on(date(2026, 1, 5))
    assert len(calendar.changes(at(1, 1), at(1, 6))) == 1
    assert calendar.changes(at(1, 6), at(1, 7)) == []


def test_terms_are_read_from_the_catalogue() -> None:
    """The category's, else the agency's; by place, and without one with the fallback agency."""
    assert catalogue.term("power.outage", "ewa") == Term("days", 1)
    assert catalogue.term("road.sign", "works") == Term("days", 10)
    assert catalogue.agency_of("waste.collection", "muharraq") == "mun-muharraq"
    assert catalogue.agency_of("waste.collection", None) == "iga"
    assert catalogue.escalations("ewa") == (80, 100, 150)
    assert catalogue.reopening("ewa") == (30, 2)

"""A year as offices see it: weekends, public holidays, declared days, Ramadan. Pure."""

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_hours import is_ramadan
from contact_center.console.words import words

YEARS = range(1930, 2077)
"""For which the Umm al-Qura calendar is known."""
_LANGUAGES = {"ar": "ar", "en": "en_US"}
_WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)


@dataclass(frozen=True)
class Day:
    """A day. `what`: `working`, `weekend`, `holiday`, `declared_off` or `declared_working`; `note`: why, in words."""

    day: date
    what: str
    ramadan: bool
    note: str
    declared: bool


@dataclass(frozen=True)
class Month:
    """A month: its name, and its weeks from Sunday on, with None for days of its neighbours."""

    name: str
    weeks: Sequence[Sequence[Day | None]]


def months(year: int, known: WorkingCalendar, declared: dict[date, str], language: str) -> list[Month]:
    """The year's months. `declared`: the notes of the days that administrators declared."""
    names = _holidays(year, language)
    return [
        Month(
            words(f"month.{month}", language),
            [
                [_day(day, known, declared, names, language) if day.month == month else None for day in week]
                for week in _WEEKS.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _day(day: date, known: WorkingCalendar, declared: dict[date, str], names: dict[date, str], language: str) -> Day:
    what = _what(day, known, declared)
    ramadan = is_ramadan(day)
    notes = [
        words(f"configuration.{what}", language) if what != "working" else "",
        declared.get(day) or names.get(day, ""),
        words("configuration.in_ramadan", language) if ramadan else "",
    ]
    return Day(day, what, ramadan, " – ".join(filter(None, notes)), day in declared)


def _what(day: date, known: WorkingCalendar, declared: Collection[date]) -> str:
    if day in declared:
        return "declared_off" if known.is_holiday(day) else "declared_working"
    if known.is_holiday(day):
        return "holiday"
    return "working" if known.is_working(day) else "weekend"


@lru_cache(maxsize=16)
def _holidays(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("BH", years=year, language=_LANGUAGES[language]))

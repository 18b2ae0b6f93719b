"""Bahrain's working days of 2026 and what is near, as plain lists of facts, written by hand.

Public holidays: the Prime Minister's circulars name New Year, Labour Day, National Day and its second day, Eid al-Fitr
and Eid al-Adha (three days each), the Hijri New Year, Ashura (two days) and the Prophet's birthday; Hijri dates are
those of the Umm al-Qura calendar. `test_model` holds them against the `holidays` and `hijridate` packages.
"""

from datetime import date, timedelta, timezone

BAHRAIN = timezone(timedelta(hours=3))
"""Bahrain has had no summer time since it was invented."""

FIRST_DAY, LAST_DAY = date(2025, 12, 1), date(2027, 7, 31)
"""The days that the model knows."""

WEEKEND = {"Friday", "Saturday"}

HOLIDAYS = {
    date(2025, 12, 16): "National Day",
    date(2025, 12, 17): "National Day",
    date(2026, 1, 1): "New Year",
    date(2026, 3, 20): "Eid al-Fitr",
    date(2026, 3, 21): "Eid al-Fitr",
    date(2026, 3, 22): "Eid al-Fitr",
    date(2026, 5, 1): "Labour Day",
    date(2026, 5, 27): "Eid al-Adha",
    date(2026, 5, 28): "Eid al-Adha",
    date(2026, 5, 29): "Eid al-Adha",
    date(2026, 6, 16): "Hijri New Year 1448",
    date(2026, 6, 25): "Ashura",
    date(2026, 6, 26): "Ashura",
    date(2026, 8, 25): "Prophet's birthday",
    date(2026, 12, 16): "National Day",
    date(2026, 12, 17): "National Day",
    date(2027, 1, 1): "New Year",
    date(2027, 3, 9): "Eid al-Fitr",
    date(2027, 3, 10): "Eid al-Fitr",
    date(2027, 3, 11): "Eid al-Fitr",
    date(2027, 5, 1): "Labour Day",
    date(2027, 5, 16): "Eid al-Adha",
    date(2027, 5, 17): "Eid al-Adha",
    date(2027, 5, 18): "Eid al-Adha",
    date(2027, 6, 6): "Hijri New Year 1449",
    date(2027, 6, 14): "Ashura",
    date(2027, 6, 15): "Ashura",
}

RAMADAN = ((date(2026, 2, 18), date(2026, 3, 19)), (date(2027, 2, 8), date(2027, 3, 8)))
"""First and last day."""

ORDINARY = (7 * 60, 14 * 60 + 15)
"""From 07:00, and to 14:15: minutes after midnight, in Bahrain."""
IN_RAMADAN = (8 * 60, 14 * 60)
ON_A_WEEKEND_THAT_IS_DECLARED_WORKING = (7 * 60, 14 * 60 + 15)


def in_ramadan(day: date) -> bool:
    """Whether a day lies in the month of Ramadan."""
    return any(first <= day <= last for first, last in RAMADAN)


def is_weekend(day: date) -> bool:
    """Friday or Saturday."""
    return day.strftime("%A") in WEEKEND


def hours_of(day: date, declared: dict[date, bool]) -> tuple[int, int] | None:
    """From which minute to which the offices work on a day; None on a day off."""
    working = declared.get(day, not is_weekend(day) and day not in HOLIDAYS)
    if not working:
        return None
    if is_weekend(day):
        return ON_A_WEEKEND_THAT_IS_DECLARED_WORKING
    return IN_RAMADAN if in_ramadan(day) else ORDINARY

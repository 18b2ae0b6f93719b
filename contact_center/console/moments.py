"""Moments, deadlines and numbers as staff read them. Only `said_day` asks what day it is."""

from datetime import date, datetime

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.clock import BAHRAIN, now
from contact_center.console.words import words

_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")


def number(value: int, language: str) -> str:
    """A number with its thousands set apart: `١٬٢٣٤` or `1,234`."""
    return in_digits(f"{value:,}", language)


def decimal(value: float, language: str) -> str:
    """A number with one place: `١٫٥`, `1.5`."""
    text = f"{value:.1f}"
    return in_digits(text.replace(".", "٫"), language) if language == "ar" else text


def hours(value: float | None, language: str) -> str:
    """Hours and minutes: `٣:٣٠`, `3:30`; a dash for None."""
    if value is None:
        return "—"
    minutes = round(value * 60)
    return in_digits(f"{minutes // 60}:{minutes % 60:02}", language)


def duration(seconds: float | None, language: str) -> str:
    """Minutes and seconds: `٣:٠٥`, `3:05`; a dash for None."""
    if seconds is None:
        return "—"
    return in_digits(f"{int(seconds) // 60}:{int(seconds) % 60:02}", language)


def day(moment: datetime, language: str) -> str:
    """The day in Bahrain of an aware moment: `الأحد ٢٣ نوفمبر ٢٠٢٥`, `Sun 23 Nov 2025`."""
    local = moment.astimezone(BAHRAIN)
    weekday, month = words(f"weekday.{local.isoweekday()}", language), words(f"month.{local.month}", language)
    return in_digits(f"{weekday} {local.day} {month} {local.year}", language)


def said_day(moment: datetime, language: str, *, today: date | None = None) -> str:
    """The day in Bahrain as a person says it: «أمس», «اليوم», «غدًا», else with its weekday, and its year where it is
    another. `today`: the day on which it is said."""
    local, today = moment.astimezone(BAHRAIN).date(), today or now().astimezone(BAHRAIN).date()
    near = _NEAR.get((local - today).days)
    if near:
        return words(f"moment.{near}", language)
    whole = day(moment, language)
    return whole.rsplit(" ", 1)[0] if local.year == today.year else whole


def clock_time(moment: datetime, language: str) -> str:
    """The time of day in Bahrain: `١٤:١٥`."""
    return in_digits(f"{moment.astimezone(BAHRAIN):%H:%M}", language)


def day_and_time(moment: datetime, language: str) -> str:
    """Both, as a person says them."""
    return f"{said_day(moment, language)} {clock_time(moment, language)}"


def exactly(moment: datetime, language: str) -> str:
    """The moment in Bahrain to the second, for whoever points at it: `2025-11-23 14:15:09`."""
    return in_digits(f"{moment.astimezone(BAHRAIN):%Y-%m-%d %H:%M:%S}", language)


def working_days_left(at: datetime, due_at: datetime, calendar: WorkingCalendar) -> int:
    """Working days after the day of `at` and up to the day of the deadline; 0 on that day, negative after it."""
    today, last = at.astimezone(BAHRAIN).date(), due_at.astimezone(BAHRAIN).date()
    if last >= today:
        return calendar.working_days(today, last)
    return -calendar.working_days(last, today)


def deadline(left: int, *, late: bool, language: str) -> str:
    """How many working days are left, or how many it is too late: «باقي ٣ أيام عمل», `2 working days overdue`."""
    name = "overdue" if late else "left"
    if left == 0:
        return words(f"deadline.{name}_today", language)
    return words(f"deadline.{name}", language, days=working_days(abs(left), language))


def in_digits(text: str, language: str) -> str:
    """The text with the digits that the language's readers expect."""
    return text.translate(_ARABIC_DIGITS) if language == "ar" else text


def working_days(count: int, language: str) -> str:
    """«٧ أيام عمل», `7 working days`."""
    return words(f"working_days.{form_of(count)}", language, n=number(count, language))


def form_of(count: int) -> str:
    """Which of a noun's Arabic forms goes with a count: 1, 2, 3-10, 11 and more (`many` for 100 and 1000s as well)."""
    if count in (1, 2):
        return ("one", "two")[count - 1]
    return "few" if 3 <= count % 100 <= 10 else "many"

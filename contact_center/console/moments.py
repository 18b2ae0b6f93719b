"""Moments, deadlines and numbers as staff read them. Pure."""

from datetime import date, datetime, timedelta

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.clock import BAHRAIN
from contact_center.console.words import words

_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")


def number(value: int, language: str) -> str:
    """A number with its thousands set apart: `١٬٢٣٤` or `1,234`."""
    return in_digits(f"{value:,}", language)


def hours(value: float | None, language: str) -> str:
    """Hours and minutes: `٣:٣٠`, `3:30`; a dash for None."""
    if value is None:
        return "—"
    minutes = round(value * 60)
    return in_digits(f"{minutes // 60}:{minutes % 60:02}", language)


def day(moment: datetime, language: str) -> str:
    """The day in Bahrain of an aware moment: `الأحد ٢٣ نوفمبر ٢٠٢٥`, `Sun 23 Nov 2025`."""
    local = moment.astimezone(BAHRAIN)
    weekday, month = words(f"weekday.{local.isoweekday()}", language), words(f"month.{local.month}", language)
    return in_digits(f"{weekday} {local.day} {month} {local.year}", language)


def clock_time(moment: datetime, language: str) -> str:
    """The time of day in Bahrain: `١٤:١٥`."""
    return in_digits(f"{moment.astimezone(BAHRAIN):%H:%M}", language)


def day_and_time(moment: datetime, language: str) -> str:
    """Both."""
    return f"{day(moment, language)} {clock_time(moment, language)}"


def working_days_left(now: datetime, due_at: datetime, calendar: WorkingCalendar) -> int:
    """Working days after today and up to the day of the deadline; 0 on that day, negative after it."""
    today, last = now.astimezone(BAHRAIN).date(), due_at.astimezone(BAHRAIN).date()
    if last >= today:
        return _working_days(today, last, calendar)
    return -_working_days(last, today, calendar)


def deadline(now: datetime, due_at: datetime, calendar: WorkingCalendar, language: str) -> str:
    """How much time is left, or how much too late it is: «باقي ٣ أيام عمل», `2 working days overdue`."""
    left = working_days_left(now, due_at, calendar)
    name = "overdue" if due_at < now else "left"
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


def _working_days(after: date, until: date, calendar: WorkingCalendar) -> int:
    days = (until - after).days
    return sum(calendar.is_working(after + timedelta(days=ahead)) for ahead in range(1, days + 1))

"""Days as people in Bahrain read them."""

from datetime import datetime

from contact_center.clock import BAHRAIN

_DAYS = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "ar": (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip


def weekday(number: int, language: str) -> str:
    """The name of a weekday, counted as `date.weekday()` does."""
    return _DAYS[language][number]


def day_and_month(day: datetime, language: str) -> str:
    """«29 نوفمبر», "29 November"."""
    return f"{day.day} {_MONTHS[language][day.month - 1]}"


def readable_day(moment: datetime, language: str) -> str:
    """The day in Bahrain of an aware moment: «الأحد 29 نوفمبر 2026», "Sunday 29 November 2026"."""
    day = moment.astimezone(BAHRAIN)
    return f"{weekday(day.weekday(), language)} {day_and_month(day, language)} {day.year}"

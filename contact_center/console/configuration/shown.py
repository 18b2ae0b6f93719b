"""Values of the configuration as people read them: in lists and in the history. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from contact_center.agencies.entries import Catalogue
from contact_center.agencies.term import read_term
from contact_center.agencies.working_time import Unit
from contact_center.agencies.working_week import WEEKDAYS
from contact_center.clock import BAHRAIN
from contact_center.configuration.fields import Choice, Code
from contact_center.configuration.kinds import Field, Kind
from contact_center.console import moments
from contact_center.console.words import words

_NOTHING = "—"
_NOBODY = Catalogue({}, {}, {})
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)

Values = Mapping[str, Any]


def value(field: Field, json: Any, language: str, known: Catalogue) -> str:
    """A field's JSON value in words."""
    if json is None:
        return words(_OPEN[field.name], language) if field.name in _OPEN else _NOTHING
    if isinstance(field.type, Choice):
        return words(f"{field.type.words}.{json}", language)
    write = _BY_WIDGET.get(field.type.widget)
    return write(json, language, known) if write else str(json) or _NOTHING


def title(kind: Kind, code: str, values: Values, language: str) -> str:
    """What an entry is called."""
    if kind.titles:
        return str(values[kind.titles[1 if language == "en" else 0]])
    if isinstance(kind.key[0].type, Code):
        return words(f"setting_kind.{kind.name}", language)
    parts = zip(kind.key, code.split(":"), strict=True)
    return " · ".join(value(field, part, language, _NOBODY) for field, part in parts)


def agency_name(code: str, language: str, known: Catalogue) -> str:
    """An agency's name; where the place decides which one it is, its kind; the code where there is none."""
    if code.startswith("@"):
        return words(f"by_place.{code.removeprefix('@')}", language)
    agency = known.agencies.get(code)
    return agency.name(language) if agency else code


def amount(written: str, language: str) -> str:
    """`7`: «٧ أيام عمل»; `6h`: «٦ ساعات عمل»."""
    term = read_term(written)
    if term.unit == Unit.DAYS:
        return moments.working_days(term.amount, language)
    name = f"working_hours.{moments.form_of(term.amount)}"
    return words(name, language, n=moments.number(term.amount, language))


def week(hours: Mapping[str, list[str]], language: str) -> str:
    """The days of a week from Sunday on, those that are alike together: `Sun, Mon 07:00-14:15; Fri off`."""
    days: dict[str, list[str]] = {}
    for number in _SUNDAY_FIRST:
        name = words(f"weekday.{number + 1}", language)
        days.setdefault(frames(hours.get(WEEKDAYS[number], []), language), []).append(name)
    return _list(language, "؛ ", "; ").join(f"{_list(language).join(names)} {when}" for when, names in days.items())


def frames(stretches: list[str], language: str) -> str:
    """`07:00-12:00, 16:00-19:00`; that it is a day off."""
    written = _list(language).join(f"\u2066{stretch}\u2069" for stretch in stretches)
    return moments.in_digits(written, language) or words("configuration.day_off", language)


def _day(written: str, language: str, known: object) -> str:
    return moments.day(datetime.combine(date.fromisoformat(written), time(12), BAHRAIN), language)


def _flag(ticked: bool, language: str, known: object) -> str:
    return words(f"configuration.{'yes' if ticked else 'no'}", language)


def _percents(numbers: list[int], language: str, known: object) -> str:
    return _list(language).join(moments.in_digits(f"{number}%", language) for number in numbers)


def _list(language: str, arabic: str = "، ", english: str = ", ") -> str:
    return english if language == "en" else arabic


_OPEN = {"term": "configuration.own_term", "agency": "configuration.all_agencies"}
"""What None means in a field."""

_BY_WIDGET: Mapping[str, Callable[[Any, str, Any], str]] = {
    "flag": _flag,
    "agency": agency_name,
    "term": lambda written, language, known: amount(written, language),
    "percents": _percents,
    "number": lambda count, language, known: moments.number(count, language),
    "position": lambda place, language, known: moments.in_digits(f"{place:g}", language),
    "day": _day,
    "week": lambda hours, language, known: week(hours, language),
    "frames": lambda stretches, language, known: frames(stretches, language),
}

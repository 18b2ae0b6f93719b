"""Lists of entries and the form of one, as the templates take them. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from bot.arabic import normalise
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.working_week import WEEKDAYS
from contact_center.configuration.fields import AgencyCode, Choice
from contact_center.configuration.kinds import Field, Kind
from contact_center.configuration.tables import Entry
from contact_center.console.configuration.changes import label
from contact_center.console.configuration.shown import agency_name, title, value
from contact_center.console.words import known as is_known
from contact_center.console.words import words

_SHORT = frozenset({"text", "choice", "agency", "term", "percents", "flag", "number"})
"""The widgets whose values fit into a row of a list."""
_MOST_COLUMNS = 4
_WEEK = "week"
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Row:
    """An entry in a list."""

    code: str
    title: str
    values: Sequence[str]
    retired: bool


@dataclass(frozen=True)
class Input:
    """One input of a form. `options`: code and name, of a choice."""

    name: str
    label: str
    widget: str
    value: str
    hint: str | None
    wrong: bool
    required: bool
    longest: int
    options: Sequence[tuple[str, str]] = ()


def columns(kind: Kind) -> list[Field]:
    """The fields that a list shows beside the name."""
    beside = {*(kind.titles or ()), "retired"}
    return [one for one in kind.fields if one.type.widget in _SHORT and one.name not in beside][:_MOST_COLUMNS]


def rows(kind: Kind, entries: Mapping[str, Entry], search: str, language: str, known: Catalogue) -> list[Row]:
    """The entries whose code or names hold the words that are searched for, however they are spelt."""
    wanted, shown = normalise(search).split(), columns(kind)
    found = []
    for code, entry in _in_order(entries):
        names = normalise(" ".join([code, *(str(entry[name]) for name in kind.titles or ())]))
        if all(word in names for word in wanted):
            values = [value(field, entry[field.name], language, known) for field in shown]
            found.append(Row(code, title(kind, code, entry, language), values, bool(entry.get("retired"))))
    return found


def _in_order(entries: Mapping[str, Entry]) -> list[tuple[str, Entry]]:
    return sorted(entries.items(), key=lambda item: (item[1].get("position", 0), item[0]))


def inputs(
    fields: Sequence[Field], filled: Mapping[str, str], wrong: Collection[str], language: str, known: Catalogue
) -> list[Input]:
    """The inputs of some fields, filled in as the form says."""
    return [made for field in fields for made in _inputs(field, filled, field.name in wrong, language, known)]


def _inputs(field: Field, filled: Mapping[str, str], wrong: bool, language: str, known: Catalogue) -> Iterator[Input]:
    hint = f"setting_hint.{field.name}"
    hints = repeat(None) if not is_known(hint) else chain([words(hint, language)], repeat(None))
    for (name, written), under in zip(_names(field, language).items(), hints, strict=False):
        yield Input(
            name,
            written,
            "frames" if field.type.widget == _WEEK else field.type.widget,
            filled.get(name, ""),
            under,
            wrong,
            field.type.required and field.type.widget not in ("flag", _WEEK),
            field.type.longest,
            _options(field, filled.get(name, ""), language, known),
        )


def _names(field: Field, language: str) -> dict[str, str]:
    """The names of a field's inputs, with their labels: a week has one a day."""
    if field.type.widget != _WEEK:
        return {field.name: label(field.name, language)}
    days = {WEEKDAYS[day]: words(f"weekday.{day + 1}", language) for day in _SUNDAY_FIRST}
    return {f"{field.name}.{day}": f"{label(field.name, language)}: {name}" for day, name in days.items()}


def _options(field: Field, chosen: str, language: str, known: Catalogue) -> list[tuple[str, str]]:
    if isinstance(field.type, Choice):
        return [(code, words(f"{field.type.words}.{code}", language)) for code in field.type.options]
    if not isinstance(field.type, AgencyCode):
        return []
    names: dict[str, Any] = {code: agency_name(code, language, known) for code in field.type.besides}
    agencies = sorted((entry.name(language), code) for code, entry in known.at_work.items())
    names |= {code: name for name, code in agencies}
    if chosen and chosen not in names:
        names[chosen] = agency_name(chosen, language, known)
    nobody = [] if field.type.required else [("", words("configuration.all_agencies", language))]
    return [*nobody, *names.items()]

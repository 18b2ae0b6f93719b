"""The catalogue: governorates, agencies and categories, as `catalogue.yml` states them. Pure; read once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

FILE = Path(__file__).with_name("catalogue.yml")
MUNICIPALITY = "@municipality"
GOVERNORATE = "@governorate"

CaseType = Literal["complaint", "suggestion", "inquiry", "compliment"]
Place = Literal["required", "optional", "none"]


class CatalogueError(ValueError):
    """The catalogue contradicts itself; the message names the entry."""


@dataclass(frozen=True)
class Named:
    """Anything with a code that programs use and a name that people read."""

    code: str
    name_ar: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in `en`, or in Arabic for any other language."""
        return self.name_en if language == "en" else self.name_ar


@dataclass(frozen=True)
class GovernorateEntry(Named):
    """A governorate, with the codes of the municipal body and of the governorate agency that serve it."""

    municipality: str
    agency: str


@dataclass(frozen=True)
class AgencyEntry(Named):
    """An agency and the working days that it has for an answer."""

    response_days: int


@dataclass(frozen=True)
class CategoryEntry(Named):
    """What a case is about; `agency` is a code, `@municipality` or `@governorate`. No days: the agency's own."""

    agency: str
    place: Place
    response_days: int | None
    position: int


@dataclass(frozen=True)
class Catalogue:
    """Everything by code, in the order of the file."""

    fallback_agency: str
    governorates: Mapping[str, GovernorateEntry]
    agencies: Mapping[str, AgencyEntry]
    categories: Mapping[str, CategoryEntry]
    named: frozenset[str] = frozenset()
    """Codes of categories that cannot be dealt with unless the agency knows who the person is."""

    def response_days(self, category: str, agency: str) -> int:
        """Working days for an answer: the category's, else the agency's. Raises `KeyError` for unknown codes."""
        return self.categories[category].response_days or self.agencies[agency].response_days


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that comes with this version of the service."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Catalogue:
    """Read a catalogue from YAML. Raises `CatalogueError` where an entry is malformed or names an unknown code."""
    raw = yaml.safe_load(text)
    try:
        parsed = Catalogue(
            fallback_agency=raw["fallback_agency"],
            governorates={code: _governorate(code, entry) for code, entry in raw["governorates"].items()},
            agencies={code: AgencyEntry(code, *entry) for code, entry in raw["agencies"].items()},
            categories={
                code: CategoryEntry(code, *_five(entry), position=position)
                for position, (code, entry) in enumerate(raw["categories"].items())
            },
            named=frozenset(code for codes in raw.get("named", ()) for code in codes),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"the catalogue is malformed: {error}") from error
    _check(parsed)
    return parsed


def _governorate(code: str, entry: Mapping[str, Any]) -> GovernorateEntry:
    return GovernorateEntry(code, entry["ar"], entry["en"], entry["municipality"], entry["governorate"])


def _five(entry: Sequence[Any]) -> tuple[Any, Any, Any, Any, Any]:
    name_ar, name_en, agency, place, response_days = entry
    return name_ar, name_en, agency, place, response_days


def _check(parsed: Catalogue) -> None:
    _check_agencies(parsed)
    for code in sorted(parsed.named - set(parsed.categories)):
        raise CatalogueError(f"named: no such category: {code!r}")
    for category in parsed.categories.values():
        if category.place not in get_args(Place):
            raise CatalogueError(f"{category.code}: no such place rule: {category.place!r}")
    entries: list[AgencyEntry | CategoryEntry] = [*parsed.agencies.values(), *parsed.categories.values()]
    for entry in entries:
        days = entry.response_days
        if not (isinstance(days, int) and days > 0) and not (days is None and isinstance(entry, CategoryEntry)):
            raise CatalogueError(f"{entry.code}: not a number of working days: {days!r}")


def _check_agencies(parsed: Catalogue) -> None:
    named = [("fallback_agency", parsed.fallback_agency)]
    named += [(entry.code, entry.agency) for entry in parsed.governorates.values()]
    named += [(entry.code, entry.municipality) for entry in parsed.governorates.values()]
    named += [(entry.code, entry.agency) for entry in parsed.categories.values()]
    for code, agency in named:
        if agency not in parsed.agencies and agency not in (MUNICIPALITY, GOVERNORATE):
            raise CatalogueError(f"{code}: no such agency: {agency!r}")

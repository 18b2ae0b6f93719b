"""The catalogue: governorates, agencies and categories, as `catalogue.yml` states them. Pure; read once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from contact_center.agencies.term import Term, read_term

FILE = Path(__file__).with_name("catalogue.yml")
MUNICIPALITY = "@municipality"
GOVERNORATE = "@governorate"

ESCALATE_AT = (80, 100, 150)
"""Per cent of the term: where an agency has no others of its own."""
REOPENING = (30, 2)
"""For how many days after an answer a case may be reopened, and how often: likewise."""

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
    """An agency, and the time that it has for an answer."""

    term: Term
    escalate_at: tuple[int, ...] = ESCALATE_AT
    """Per cent of the term after which a case that is not answered goes to the officer, the supervisor, the head."""
    joined: bool = True
    """Whether it works here itself; if not, its cases wait with the fallback agency, which routes them on."""
    reopen_days: int = REOPENING[0]
    """For how many days after its answer the one who filed a case may reopen it."""
    reopen_times: int = REOPENING[1]
    """How often a case may be reopened; what comes later is a new case."""


@dataclass(frozen=True)
class CategoryEntry(Named):
    """What a case is about; `agency` is a code, `@municipality` or `@governorate`. No term: the agency's own."""

    agency: str
    place: Place
    term: Term | None
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

    def term(self, category: str, agency: str) -> Term:
        """The time for an answer: the category's, else the agency's. Raises `KeyError` for unknown codes."""
        return self.categories[category].term or self.agencies[agency].term


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
            agencies={code: _agency(code, entry, raw) for code, entry in raw["agencies"].items()},
            categories={
                code: CategoryEntry(code, *_five(entry), position=position)
                for position, (code, entry) in enumerate(raw["categories"].items())
            },
            named=frozenset(code for codes in raw.get("named", ()) for code in codes),
        )
        named = [(topic, code) for topic in ("escalations", "reopening", "not_joined") for code in raw.get(topic) or ()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"the catalogue is malformed: {error}") from error
    _check(parsed)
    _check_named(parsed, named)
    return parsed


def _governorate(code: str, entry: Mapping[str, Any]) -> GovernorateEntry:
    return GovernorateEntry(code, entry["ar"], entry["en"], entry["municipality"], entry["governorate"])


def _agency(code: str, entry: Sequence[Any], raw: Mapping[str, Any]) -> AgencyEntry:
    name_ar, name_en, term = entry
    escalate_at = tuple((raw.get("escalations") or {}).get(code, ESCALATE_AT))
    days, times = (raw.get("reopening") or {}).get(code, REOPENING)
    joined = code not in (raw.get("not_joined") or ())
    return AgencyEntry(code, name_ar, name_en, read_term(term), escalate_at, joined, days, times)


def _five(entry: Sequence[Any]) -> tuple[Any, Any, Any, Any, Term | None]:
    name_ar, name_en, agency, place, term = entry
    return name_ar, name_en, agency, place, None if term is None else read_term(term)


def _check(parsed: Catalogue) -> None:
    _check_agencies(parsed)
    for code in sorted(parsed.named - set(parsed.categories)):
        raise CatalogueError(f"named: no such category: {code!r}")
    for category in parsed.categories.values():
        if category.place not in get_args(Place):
            raise CatalogueError(f"{category.code}: no such place rule: {category.place!r}")
    for agency in parsed.agencies.values():
        if len(agency.escalate_at) != len(ESCALATE_AT) or sorted(agency.escalate_at) != list(agency.escalate_at):
            raise CatalogueError(f"{agency.code}: escalations are three per cents, each later: {agency.escalate_at}")
        if agency.reopen_days < 0 or agency.reopen_times < 0:
            raise CatalogueError(f"{agency.code}: reopening is a number of days and of times, 0 or more")


def _check_named(parsed: Catalogue, named: Sequence[tuple[str, str]]) -> None:
    """What the file says of an agency beside its entry: of one that there is."""
    for topic, code in named:
        if code not in parsed.agencies:
            raise CatalogueError(f"{topic}: no such agency: {code!r}")
    if not parsed.agencies[parsed.fallback_agency].joined:
        raise CatalogueError(f"{parsed.fallback_agency}: the fallback agency routes for others and has joined")


def _check_agencies(parsed: Catalogue) -> None:
    named = [("fallback_agency", parsed.fallback_agency)]
    named += [(entry.code, entry.agency) for entry in parsed.governorates.values()]
    named += [(entry.code, entry.municipality) for entry in parsed.governorates.values()]
    named += [(entry.code, entry.agency) for entry in parsed.categories.values()]
    for code, agency in named:
        if agency not in parsed.agencies and agency not in (MUNICIPALITY, GOVERNORATE):
            raise CatalogueError(f"{code}: no such agency: {agency!r}")

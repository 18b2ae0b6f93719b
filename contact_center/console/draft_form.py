"""The form beside a call: its fields in order, and what may be chosen in them."""

from dataclasses import dataclass
from typing import Any, get_args

from bot.arabic.gazetteer import gazetteer
from contact_center.agencies.entries import CaseType, Catalogue, CategoryEntry
from contact_center.console.words import words
from contact_center.conversations.call_desk import EDITABLE


@dataclass(frozen=True)
class Field:
    """One field. `kind`: `text`, `long`, `phone`, `number`, `choice` (a few) or `search` (many, found by typing)."""

    name: str
    kind: str = "text"
    width: str = "whole"
    """Of the form: `whole`, `two-thirds`, `half`, `third` or `sixth`."""


FIELDS = (
    Field("case_type", "choice", "third"),
    Field("category", "search", "two-thirds"),
    Field("description", "long"),
    Field("area", "search", "half"),
    Field("governorate", "choice", "half"),
    Field("block", "text", "third"),
    Field("road", "text", "third"),
    Field("building", "text", "third"),
    Field("address"),
    Field("contact_name", "text", "third"),
    Field("contact_phone", "phone", "third"),
    Field("lat", "number", "sixth"),
    Field("lon", "number", "sixth"),
)
if {field.name for field in FIELDS} != EDITABLE:
    raise RuntimeError("the form and the call desk differ about the fields that may be set")


def few_choices(catalogue: Catalogue, language: str) -> dict[str, list[tuple[str, str]]]:
    """Code and name for each `choice` field."""
    return {
        "case_type": [(code, words(f"type.{code}", language)) for code in get_args(CaseType)],
        "governorate": [(entry.code, entry.name(language)) for entry in catalogue.governorates.values()],
    }


def many_choices(catalogue: Catalogue, language: str) -> dict[str, list[dict[str, Any]]]:
    """For each `search` field what may be found: `value`, `label`, a `note` beside it, and `also`: other names."""
    return {
        "category": [category_option(catalogue, entry, language) for entry in catalogue.offered.values()],
        "area": [
            {
                "value": area.name,
                "label": area.english if language == "en" else area.name,
                "note": catalogue.governorates[area.governorate].name(language),
                "also": f"{area.name} {area.english}",
            }
            for area in gazetteer().areas.values()
        ],
    }


def category_option(catalogue: Catalogue, entry: CategoryEntry, language: str) -> dict[str, Any]:
    """A category as it may be found, see `many_choices`; its note is the agency's name."""
    other = "ar" if language == "en" else "en"
    return {
        "value": entry.code,
        "label": entry.name(language),
        "note": _agency(catalogue, entry.agency, language),
        "also": f"{entry.name(other)} {_agency(catalogue, entry.agency, other)}",
    }


def _agency(catalogue: Catalogue, code: str, language: str) -> str:
    """The agency's name; where the place decides it, what kind of agency it is."""
    agency = catalogue.agencies.get(code)
    return agency.name(language) if agency else words(f"by_place.{code.removeprefix('@')}", language)

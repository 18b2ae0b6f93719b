"""What makes a catalogue contradict itself, entry by entry. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from contact_center.agencies.entries import (
    ESCALATE_AT,
    GOVERNORATE,
    MUNICIPALITY,
    UNCLEAR,
    AgencyEntry,
    Catalogue,
    CategoryEntry,
    GovernorateEntry,
    Place,
)

Why = Literal[
    "empty",
    "not_one_line",
    "too_long",
    "no_code",
    "no_such_choice",
    "no_number",
    "no_term",
    "no_day",
    "no_hours",
    "no_working_day",
    "no_such_agency",
    "retired_agency",
    "no_such_category",
    "no_such_entry",
    "no_such_place_rule",
    "three_rising_percents",
    "reopening_below_zero",
    "one_fallback_agency",
    "fallback_has_joined",
    "fallback_is_not_retired",
    "assistant_needs_it",
    "governorate_missing",
    "malformed",
    "is_there",
    "is_used",
    "is_kept",
    "changed_since",
    "changed_meanwhile",
    "told_nobody",
    "no_such_placeholder",
    "ends_in_placeholder",
    "no_approved_template",
]
"""What may be wrong; the console has words for each."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with a field of an entry."""

    kind: str
    """`agency`, `category`, `governorate`, …"""
    code: str
    field: str
    why: Why
    value: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.why.replace('_', ' ')}: {self.field} {self.value!r}"


def faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything that is wrong with it, in its own order."""
    for governorate in catalogue.governorates.values():
        yield from _governorate(catalogue, governorate)
    for agency in catalogue.agencies.values():
        yield from _agency(agency)
    for category in catalogue.categories.values():
        yield from _category(catalogue, category)
    fallbacks = [agency.code for agency in catalogue.agencies.values() if agency.fallback]
    if len(fallbacks) != 1:
        yield Fault("agency", "fallback_agency", "fallback", "one_fallback_agency", ", ".join(fallbacks))


def _governorate(catalogue: Catalogue, entry: GovernorateEntry) -> Iterator[Fault]:
    yield from _names("governorate", entry.code, (entry.name_ar, entry.name_en))
    for field, agency in (("municipality", entry.municipality), ("agency", entry.agency)):
        if agency not in catalogue.agencies:
            yield Fault("governorate", entry.code, field, "no_such_agency", agency)
        elif catalogue.agencies[agency].retired:
            yield Fault("governorate", entry.code, field, "retired_agency", agency)


def _agency(entry: AgencyEntry) -> Iterator[Fault]:
    yield from _names("agency", entry.code, (entry.name_ar, entry.name_en))
    if not _rise(entry.escalate_at):
        shown = ", ".join(map(str, entry.escalate_at))
        yield Fault("agency", entry.code, "escalate_at", "three_rising_percents", shown)
    for field, amount in (("reopen_days", entry.reopen_days), ("reopen_times", entry.reopen_times)):
        if amount < 0:
            yield Fault("agency", entry.code, field, "reopening_below_zero", str(amount))
    if entry.fallback and not entry.joined:
        yield Fault("agency", entry.code, "joined", "fallback_has_joined")
    if entry.fallback and entry.retired:
        yield Fault("agency", entry.code, "retired", "fallback_is_not_retired")


def _rise(percents: tuple[int, ...]) -> bool:
    later = all(earlier <= later for earlier, later in pairwise(percents))
    return len(percents) == len(ESCALATE_AT) and percents[0] > 0 and later


def _category(catalogue: Catalogue, entry: CategoryEntry) -> Iterator[Fault]:
    yield from _names("category", entry.code, (entry.name_ar, entry.name_en))
    agency = catalogue.agencies.get(entry.agency)
    if agency is None and entry.agency not in (MUNICIPALITY, GOVERNORATE):
        yield Fault("category", entry.code, "agency", "no_such_agency", entry.agency)
    elif agency and agency.retired and not entry.retired:
        yield Fault("category", entry.code, "agency", "retired_agency", entry.agency)
    if entry.place not in get_args(Place):
        yield Fault("category", entry.code, "place", "no_such_place_rule", entry.place)
    if entry.code == UNCLEAR and entry.retired:
        yield Fault("category", entry.code, "retired", "assistant_needs_it")


def _names(kind: str, code: str, names: Iterable[str]) -> Iterator[Fault]:
    for field, name in zip(("name_ar", "name_en"), names, strict=True):
        if not name.strip():
            yield Fault(kind, code, field, "empty")
        elif not one_line(name):
            yield Fault(kind, code, field, "not_one_line")


def one_line(text: str) -> bool:
    """Whether a text has neither line breaks nor other control characters."""
    return not any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text)

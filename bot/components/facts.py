"""Places, addresses, numbers and agencies named in a message: the entities of domain.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.arabic.addresses import find_address_parts
from bot.arabic.agencies import find_agencies
from bot.arabic.cpr import find_cprs
from bot.arabic.phones import find_phones
from bot.arabic.places import find_areas
from bot.arabic.references import find_references

_ADDRESS_PARTS = ("block", "road", "building")
# In order of precedence: of two that stand on the same letters, the earlier stays. «بلدية المحرق» names an agency,
# not the place where something happened.
_FINDERS = {
    "reference": find_references,
    "cpr": find_cprs,
    "phone": find_phones,
    "agency": find_agencies,
}


@dataclass(frozen=True)
class Fact:
    """An entity with its canonical value, on offsets of the text as typed.

    An area also has its governorate, and `alternatives` where the name is that of several places.
    """

    entity: str
    value: str
    start: int
    end: int
    governorate: str | None = None
    alternatives: tuple[str, ...] = ()


def find_facts(text: str) -> list[Fact]:
    """All facts of a text in the order in which they stand, none on top of another."""
    kept: list[Fact] = []
    for fact in _all(text):
        if all(fact.end <= other.start or other.end <= fact.start for other in kept):
            kept.append(fact)
    return sorted(kept, key=lambda fact: fact.start)


def _all(text: str) -> Iterator[Fact]:
    for entity, find in _FINDERS.items():
        for found in find(text):
            yield Fact(entity, found.value, found.start, found.end)
    for named in find_address_parts(text):
        if named.part in _ADDRESS_PARTS:
            yield Fact(named.part, named.value, named.start, named.end)
    for area in find_areas(text):
        alternatives = tuple(area.alternatives) if area.ambiguous else ()
        yield Fact("area", area.area, area.start, area.end, area.governorate, alternatives)

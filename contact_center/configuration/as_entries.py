"""A whole catalogue as the entries that it wants to be there."""

from collections.abc import Iterator
from typing import Any

from contact_center.agencies.entries import Catalogue, Named
from contact_center.configuration.changes import Wanted
from contact_center.configuration.kinds import KINDS
from contact_center.configuration.order import positions


def wanted(catalogue: Catalogue, present: Catalogue) -> Iterator[Wanted]:
    """Its entries; categories keep the positions that they have at `present` where that is their order anyway."""
    placed = positions(list(catalogue.categories), {code: one.position for code, one in present.categories.items()})
    for agency in catalogue.agencies.values():
        yield _wanted("agency", agency)
    for category in catalogue.categories.values():
        yield _wanted("category", category, position=placed[category.code])
    for governorate in catalogue.governorates.values():
        yield _wanted("governorate", governorate)


def _wanted(kind: str, entry: Named, **other: Any) -> Wanted:
    values = {**vars(entry), **other}
    fields = {field.name: field.type.plain(values[field.name]) for field in KINDS[kind].fields}
    return Wanted(kind, entry.code, fields)

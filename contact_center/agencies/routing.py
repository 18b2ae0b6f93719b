"""Which agency answers a case. Pure."""

from dataclasses import dataclass

from contact_center.agencies.entries import GOVERNORATE, MUNICIPALITY, UNCLEAR, Catalogue


def agency_for(catalogue: Catalogue, category: str, governorate: str | None) -> str | None:
    """The code of the agency that answers `category` in `governorate`.

    None where the category is answered by place and the place is not known yet; the fallback agency for a category
    that the catalogue does not have.
    """
    entry = catalogue.categories.get(category)
    if entry is None:
        return catalogue.fallback_agency
    if entry.agency not in (MUNICIPALITY, GOVERNORATE):
        return entry.agency
    place = catalogue.governorates.get(governorate) if governorate else None
    if place is None:
        return None
    return place.municipality if entry.agency == MUNICIPALITY else place.agency


@dataclass(frozen=True)
class Route:
    """Where a case goes, by codes."""

    agency: str
    """Who has it."""
    meant_for: str | None
    """Who would have it, had that agency joined; None where the one that has it is the one."""
    waits: bool
    """Whether it is with the fallback agency only to be routed on: unclear, or meant for one that has not joined."""


def route(catalogue: Catalogue, category: str, governorate: str | None, agency: str | None = None) -> Route:
    """The way of a case of `category` in `governorate`; `agency`: to whom somebody sends it, None: by its category.

    All codes are the catalogue's, save that `governorate` may not be known.
    """
    fallback, answers = catalogue.fallback_agency, agency_for(catalogue, category, governorate)
    target = agency or answers or fallback
    if not catalogue.agencies[target].joined:
        return Route(fallback, target, waits=True)
    return Route(target, None, waits=target == fallback and (category == UNCLEAR or answers != fallback))

"""Which agency answers a case. Pure."""

from contact_center.agencies.entries import GOVERNORATE, MUNICIPALITY, Catalogue


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

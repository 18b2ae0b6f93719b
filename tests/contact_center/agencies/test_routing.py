import pytest

from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.routing import agency_for


@pytest.mark.parametrize(
    ("category", "governorate", "agency"),
    [
        ("power.outage", None, "ewa"),
        ("power.outage", "muharraq", "ewa"),
        ("waste.collection", "capital", "mun-capital"),
        ("waste.collection", "muharraq", "mun-muharraq"),
        ("waste.collection", "northern", "mun-northern"),
        ("waste.collection", "southern", "mun-southern"),
        ("gov.community", "capital", "gov-capital"),
        ("gov.community", "southern", "gov-southern"),
        ("mun.stray-animals", "southern", "mma"),
        ("waste.collection", None, None),
        ("gov.community", None, None),
        ("waste.collection", "atlantis", None),
        ("no.such-category", "capital", "iga"),
        ("other.unclear", None, "iga"),
    ],
)
def test_who_answers(category: str, governorate: str | None, agency: str | None) -> None:
    assert agency_for(catalogue(), category, governorate) == agency


def test_with_a_known_place_every_category_has_an_agency() -> None:
    shipped = catalogue()
    pairs = [(category, place) for category in shipped.categories for place in shipped.governorates]
    assert all(agency_for(shipped, category, place) in shipped.agencies for category, place in pairs)

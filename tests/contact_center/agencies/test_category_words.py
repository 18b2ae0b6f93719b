"""Categories by the words of the catalogue alone."""

import pytest

from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.category_words import named_by


def best(typed: str) -> str | None:
    found = named_by(catalogue(), typed)
    return max(found, key=lambda code: found[code], default=None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("انارة", "power.street-light"),
        ("إنارةُ الشوارِع", "power.street-light"),
        ("الاناره بالشوارع", "power.street-light"),
        ("حف", "road.pothole"),
        ("منهول", "drain.manhole"),
        ("طفح المجارى", "drain.sewage-overflow"),
        ("كلب", "mun.stray-animals"),
        ("جواز سفر", "npra.passport"),
        ("PASSPORT", "npra.passport"),
        ("traffic signal", "road.traffic-light"),
        ("majari", "drain.sewage-overflow"),
    ],
)
def test_a_name_is_found_in_whatever_spelling_and_from_its_beginning(typed: str, code: str) -> None:
    assert best(typed) == code


def test_an_agencys_name_finds_its_categories_behind_what_is_called_so_itself() -> None:
    found = named_by(catalogue(), "جامعة البحرين")
    assert max(found, key=lambda code: found[code]) == "edu.uob"
    found = named_by(catalogue(), "وزارة الأشغال")
    assert {"road.pothole", "road.sign"} <= set(found)
    assert max(found.values()) < 1


@pytest.mark.parametrize("typed", ["", " ", "؟!", "غترة", "xyzzy"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert named_by(catalogue(), typed) == {}

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from arabic_texts import TEXTS
from hypothesis import given

from bot.arabic import find_agencies
from bot.arabic.agencies import AGENCY_NAMES_FILE

CATALOGUE = Path(__file__).parents[3] / "contact_center" / "agencies" / "catalogue.yml"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("الكهربا", "ewa"), ("هيئة الكهرباء والماء", "ewa"), ("الجوازات", "npra"), ("بالجوازات", "npra"),
        ("المرور", "traffic"), ("مستشفى السلمانية", "ghos"), ("السلمانية", "ghos"), ("تمكين", "tamkeen"),
        ("التأمينات", "sio"), ("بلدية المحرق", "mun-muharraq"), ("أمانة العاصمة", "mun-capital"),
        ("بلدية المنطقة الشمالية", "mun-northern"), ("البلدية الجنوبية", "mun-southern"), ("LMRA", "lmra"),
        ("محافظة المحرق", "gov-muharraq"), ("وزارة الصحة", "moh"), ("Ministry of Works", "works"),
        ("بوليتكنك البحرين", "polytechnic"), ("جامعة البحرين", "uob"), ("الاسكان", "housing"),
    ],
)  # fmt: skip
def test_agencies_by_their_names(text: str, code: str) -> None:
    assert [found.value for found in find_agencies(text)] == [code]
    assert [found.value for found in find_agencies(f"عندي شكوى على {text}، شكرا")] == [code]


@pytest.mark.parametrize(
    "text", ["البلدية ما ترد", "إشارة المرور خربانة", "منطقة السلمانية", "تجديد الجواز", "سترة", ""]
)
def test_what_settles_no_agency(text: str) -> None:
    assert find_agencies(text) == []


def test_every_agency_of_the_catalogue_has_names_and_no_other() -> None:
    names = yaml.safe_load(AGENCY_NAMES_FILE.read_text(encoding="utf-8"))["agencies"]
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["agencies"]
    assert set(names) == set(catalogue)


def test_every_agency_is_known_by_its_official_names() -> None:
    for code, (arabic, english, *_) in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["agencies"].items():
        assert [found.value for found in find_agencies(arabic)] == [code]
        assert code in {found.value for found in find_agencies(english)}


@given(TEXTS)
def test_matches_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in find_agencies(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end

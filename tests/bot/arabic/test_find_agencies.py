from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from arabic_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_agencies
from bot.arabic.agency_names import AGENCY_NAMES_FILE, Words, agency_names

CATALOGUE = Path(__file__).parents[3] / "contact_center" / "agencies" / "catalogue.yml"
NAMED_AND_NOT = Path(__file__).parent / "agencies_named.yml"


def codes(text: str) -> list[str]:
    return [found.value for found in find_agencies(text)]


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
    assert codes(text) == [code]
    assert codes(f"عندي شكوى على {text}، شكرا") == [code]


def _named() -> list[tuple[str, str]]:
    rows = yaml.safe_load(NAMED_AND_NOT.read_text(encoding="utf-8"))["named"]
    return [(text, expected) for expected, texts in rows.items() for text in texts]


@pytest.mark.parametrize(("text", "expected"), _named())
def test_an_agency_that_acts_or_is_spoken_to(text: str, expected: str) -> None:
    assert set(codes(text)) == set(expected.split())


@pytest.mark.parametrize("text", yaml.safe_load(NAMED_AND_NOT.read_text(encoding="utf-8"))["not_named"])
def test_the_same_words_as_things_places_or_bodies_that_settle_nothing(text: str) -> None:
    assert codes(text) == []


def test_where_it_stands_takes_in_its_clitics_and_no_neighbour() -> None:
    text = "كلمت بالمرور وبالتأمينات"
    assert [text[found.start : found.end] for found in find_agencies(text)] == ["بالمرور", "وبالتأمينات"]


def test_what_is_said_in_another_clause_is_no_evidence() -> None:
    assert codes("طفت الكهربا، قالوا بكرة ترجع") == []
    assert codes("الكهربا قالوا بكرة ترجع") == ["ewa"]


def test_every_agency_of_the_catalogue_has_names_and_no_other() -> None:
    names = yaml.safe_load(AGENCY_NAMES_FILE.read_text(encoding="utf-8"))["agencies"]
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["agencies"]
    assert set(names) == set(catalogue)


def test_every_agency_is_known_by_its_official_names() -> None:
    for code, (arabic, english, *_) in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["agencies"].items():
        assert codes(arabic) == [code]
        assert codes(english) == [code]


def test_all_that_is_listed_is_text() -> None:
    def leaves(node: object) -> list[object]:
        if isinstance(node, dict):
            return [leaf for pair in node.items() for part in pair for leaf in leaves(part)]
        return [leaf for part in node for leaf in leaves(part)] if isinstance(node, list) else [node]

    raw = yaml.safe_load(AGENCY_NAMES_FILE.read_text(encoding="utf-8"))
    assert [leaf for leaf in leaves(raw) if not isinstance(leaf, str)] == []  # YAML reads a bare no as False


def test_words_by_their_shape() -> None:
    words = Words(["ي*ون", "_ا*ين", "من قبل", "مركز"])
    assert all(word in words for word in ("يردون", "حاسبين", "من قبل", "مركز"))
    assert not any(word in words for word in ("ترد", "يردونه", "من", "مراكز", ""))


def test_a_names_file_of_ones_own(tmp_path: Path) -> None:
    cues = yaml.safe_load(AGENCY_NAMES_FILE.read_text(encoding="utf-8"))["cues"]
    file = tmp_path / "names.yml"
    file.write_text(
        yaml.safe_dump({"agencies": {"x": ["دار"]}, "others": ["دار قديمة"], "spellings": {}, "cues": cues})
    )
    assert [found.value for found in find_agencies("رحت دار، وبعدين دار قديمة", file)] == ["x"]
    assert agency_names(file) is agency_names(file)


@given(TEXTS)
def test_matches_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in find_agencies(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


_NEAR_NAMES = st.sampled_from(
    [
        "الكهربا",
        "بالمرور",
        "والاسكان",
        "TRA",
        "السلمانية",
        "لو",
        "ما",
        "يردون",
        "رحت",
        "من",
        "،",
        ".",
        "ي" * 40,
        "el",
        "eskan",
    ]
)


@given(st.lists(_NEAR_NAMES, max_size=30).map(" ".join))
def test_any_order_of_names_and_cues_is_read(text: str) -> None:
    assert [text[found.start : found.end].strip() for found in find_agencies(text)] == [
        text[found.start : found.end] for found in find_agencies(text)
    ]


@pytest.mark.parametrize(
    "piece", ["الكهربا ", "الكهربا لو ", "السلمانية دار ", "من المرور ", "kahraba el ", "ما", "TRA "]
)
def test_five_thousand_hostile_characters_are_read_in_no_time(piece: str) -> None:
    text = (piece * 5000)[:5000]
    find_agencies("x")
    started = time.perf_counter()
    find_agencies(text)
    assert time.perf_counter() - started < 1

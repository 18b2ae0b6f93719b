"""References, telephone numbers and personal numbers: each is found in any writing, and none is taken for another."""

from __future__ import annotations

import pytest
from arabic_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_cprs, find_phones, find_references, is_taken_back, normalise, parse_phone

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    "written",
    [
        "2604831729", "26-0483-1729", "26 0483 1729", "26.0483.1729", "26–0483–1729", "2 6 0 4 8 3 1 7 2 9",
        "2604/83/1729",
        "26 04 83 17 29", "260483 1729", "26-04831729", "26 - 0483 - 1729", "26/0483/1729", "26 / 0483 / 1729",
        "26ـ0483ـ1729", "26 ـ 0483 ـ 1729", "26_0483_1729", "26، 0483، 1729", "2604 831729", "2604 8317 29",
        "260 483 1729", "26 04 831729", "26 0483 17 29", "26\u200f-0483\u200f-1729",
    ],
)  # fmt: skip
@pytest.mark.parametrize("script", [{}, _ARABIC, _PERSIAN])
@pytest.mark.parametrize("sentence", ["{}", "رقم الشكوى:{}", "شصار على {}؟", "ref{}.", "شكواي {} وهذي 36001234"])
def test_a_reference_is_found_in_any_writing(written: str, script: dict[int, int], sentence: str) -> None:
    said = written.translate(script)
    text = sentence.format(said)
    (found,) = find_references(text)
    assert found.value == "2604831729"
    assert text[found.start : found.end] == said


@given(st.integers(10**9, 10**10 - 1), st.sampled_from(["", "-", " ", ".", " - "]))
def test_any_ten_digits_in_the_shape_are_found_whatever_the_check_digit(number: int, gap: str) -> None:
    value = str(number)
    text = f"رقمي {value[:2]}{gap}{value[2:6]}{gap}{value[6:]} شكرا"
    assert [found.value for found in find_references(text)] == [value]


def test_two_references_in_one_message() -> None:
    text = "26-0483-1729 و2605921112"
    assert [found.value for found in find_references(text)] == ["2604831729", "2605921112"]


@pytest.mark.parametrize(
    "text",
    [
        "33123456", "+97333123456", "+973 3312 3456", "0097336001234", "97336001234", "900312345", "2026-04-12 10:30",
        "عمري 25 36001234", "+91 9876543210", "مجمع 203 طريق 312 مبنى 4444", "26048317299", "260483172", "0501234567",
        "1234 5678 9012 3456", "2024-009913", "12/05/2025 8:30", "2026 12 05 18",
    ],
)  # fmt: skip
def test_other_numbers_are_no_references(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("36001234", "+97336001234"),
        ("٣٦٠٠١٢٣٤", "+97336001234"),
        ("۳۶۰۰۱۲۳۴", "+97336001234"),
        ("3600 1234", "+97336001234"),
        ("17-123-456", "+97317123456"),
        ("66312345", "+97366312345"),
        ("80008001", "+97380008001"),
        ("00973 3600 1234", "+97336001234"),
        ("97336001234", "+97336001234"),
        ("+966 50 123 4567", "+966501234567"),
        ("3600 12 34", "+97336001234"),
        ("0097366112233", "+97366112233"),
        ("36 00 12 34", "+97336001234"),
        ("36 00 1234", "+97336001234"),
        ("36-001-234", "+97336001234"),
        ("+973 3600 12 34", "+97336001234"),
        ("36ـ001234", "+97336001234"),
        ("+973\u200e 36001234", "+97336001234"),
    ],
)
def test_a_phone_is_read_in_any_writing(text: str, number: str) -> None:
    assert parse_phone(text) == number
    assert [found.value for found in find_phones(f"رقمي {text} اتصلوا")] == [number]


@pytest.mark.parametrize(
    "text",
    ["", "ما ابي", "12345", "17-11-2026", "2604831729", "900312345", "12345678", "😀", "16/12/2025", "16ـ12ـ2025"],
)
def test_what_is_no_phone(text: str) -> None:
    assert parse_phone(text) is None
    assert find_phones(text) == []


def test_two_phones_are_not_one() -> None:
    text = "اتصلوا على 36001234 او 17123456"
    assert [text[found.start : found.end] for found in find_phones(text)] == ["36001234", "17123456"]
    assert parse_phone(text) is None


def test_a_reference_beside_a_phone() -> None:
    text = "36001234 26 0483 1729"
    assert [found.value for found in find_phones(text)] == ["+97336001234"]
    assert [found.value for found in find_references(text)] == ["2604831729"]


@pytest.mark.parametrize("text", ["رقم العداد 17684213", "my account number is 36551877", "لوحة السيارة 36551877"])
def test_a_number_said_to_be_another_is_no_phone(text: str) -> None:
    assert find_phones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "900312345", "٩٠٠٣١٢٣٤٥", "رقمي الشخصي:900312345.", "900 312 345", "900312 345", "cpr 900312-345", "9003 12345",
        "90 03 12345", "9 0 0 3 1 2 3 4 5",
    ],
)  # fmt: skip
def test_a_personal_number_is_found(text: str) -> None:
    (found,) = find_cprs(text)
    assert found.value == "900312345"


@pytest.mark.parametrize(
    "text",
    [
        "901312345", "900012345", "9003123456", "36001234", "+900312345", "26-0483-1729", "90031234", "12/05/2025 8:30",
        "2025-12-05 1",
    ],
)  # fmt: skip
def test_what_is_no_personal_number(text: str) -> None:
    assert find_cprs(text) == []


@given(TEXTS)
def test_values_are_what_stands_in_the_text(text: str) -> None:
    for find, length in ((find_references, 10), (find_cprs, 9)):
        for found in find(text):
            written = "".join(letter for letter in normalise(text[found.start : found.end]) if letter.isdecimal())
            assert len(found.value) == length
            assert int(found.value) == int(written)


@given(TEXTS)
def test_phones_are_e164_and_never_overlap_a_reference(text: str) -> None:
    references = find_references(text)
    for found in find_phones(text):
        assert found.value[0] == "+"
        assert found.value[1:].isdecimal()
        assert all(found.end <= other.start or other.end <= found.start for other in references)
    number = parse_phone(text)
    assert number is None or parse_phone(number) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I'm abroad, whatsapp only: +44 7700 900347", "+447700900347"),
        ("call +1 212 555 0147 please", "+12125550147"),
        ("يمكن الاتصال بي على 6611-2904 بعد التاسعة", "+97366112904"),
    ],
)
def test_numbers_from_abroad_and_of_new_ranges(text: str, number: str) -> None:
    assert [found.value for found in find_phones(text)] == [number]


@pytest.mark.parametrize("number", ["910203123", "36208841", "100238841"])
@pytest.mark.parametrize(
    "said",
    ["رقم الحساب {}", "حسابي البنكي {}", "العداد رقم {}", "لوحة السيارة {}", "القضية رقم {}", "رحلة {}",
     "جوازي رقم: {}",
     "plate {}", "account no. {}", "flight number {}", "meter {}", "order #{}"],
)  # fmt: skip
def test_the_number_of_a_thing_is_nobodys(said: str, number: str) -> None:
    text = said.format(number)
    assert find_cprs(text) == find_phones(text) == []


@pytest.mark.parametrize(
    ("text", "cpr"),
    [("رقمي الشخصي في الطلب هو هذا: 910203123", "910203123"), ("الحساب باسم احمد ورقمه الشخصي 910203123", "910203123")],
)
def test_a_person_beside_a_thing_keeps_the_number(text: str, cpr: str) -> None:
    assert [found.value for found in find_cprs(text)] == [cpr]


def test_the_numbers_of_an_address_are_no_phone() -> None:
    assert find_phones("436/3627/1452 مجمع، طريق، مبنى") == []
    assert [found.value for found in find_phones("3600/1234")] == ["+97336001234"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("36208841 not 36208814", ["+97336208841"]), ("36208841 مو 36208814", ["+97336208841"]),
        ("مو 36208814، 36208841", ["+97336208841"]), ("36208841 لا 36208814", ["+97336208841"]),
        ("36208814، لا، 36208841", ["+97336208814", "+97336208841"]), ("رقمي 36208841", ["+97336208841"]),
        ("مو الرقم 36208814 الصح 36208841", ["+97336208841"]),
    ],
)  # fmt: skip
def test_a_number_taken_back_is_known(text: str, meant: list[str]) -> None:
    assert [found.value for found in find_phones(text) if not is_taken_back(text, found.start)] == meant


def test_the_one_number_given_is_the_one_not_taken_back() -> None:
    assert parse_phone("36208841 not 36208814") == "+97336208841"
    assert parse_phone("36208841 و 36208814") is None
    assert parse_phone("+97399999999") is None


@given(TEXTS, st.integers(0, 50))
def test_whether_it_is_taken_back_is_answered_anywhere(text: str, start: int) -> None:
    assert is_taken_back(text, start) in (True, False)

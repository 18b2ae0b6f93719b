"""Cutting and numbering words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.channels.text import numbered, shorten, split_text, utf16_units


def test_an_emoji_counts_two() -> None:
    assert utf16_units("أ😀") == 3


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("قصير", 10, ["قصير"]),
        ("", 10, [""]),
        ("أول سطر هنا\n\nثاني فقرة", 15, ["أول سطر هنا", "ثاني فقرة"]),
        ("aaaa bbbb\ncccc dddd", 14, ["aaaa bbbb", "cccc dddd"]),
        ("هل وصلت؟ نعم وصلت.", 12, ["هل وصلت؟", "نعم وصلت."]),
        ("aaaa bbbb cccc", 10, ["aaaa bbbb", "cccc"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
        ("😀" * 6, 5, ["😀😀", "😀😀", "😀😀"]),
        ("a bbbbbbbbbbbbbbb", 10, ["a bbbbbbbb", "bbbbbbb"]),
    ],
)
def test_split(text: str, limit: int, parts: list[str]) -> None:
    assert split_text(text, limit) == parts


@given(st.text(max_size=300), st.integers(min_value=2, max_value=40))
def test_parts_fit_and_lose_nothing_but_space(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(utf16_units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("title", "limit", "short"),
    [
        ("نعم", 20, "نعم"),
        ("مخلفات البناء والهدم", 20, "مخلفات البناء والهدم"),
        ("مخلفات البناء والهدم في الشوارع", 20, "مخلفات البناء…"),
        ("انقطاع الكهرباء، كامل المنزل", 20, "انقطاع الكهرباء…"),
        ("a" * 30, 10, "a" * 9 + "…"),
        ("abcde fghij", 6, "abcde…"),
    ],
)
def test_shorten(title: str, limit: int, short: str) -> None:
    assert shorten(title, limit) == short


@given(st.text(min_size=1, max_size=80), st.integers(min_value=3, max_value=30))
def test_a_short_title_fits(title: str, limit: int) -> None:
    assert utf16_units(shorten(title, limit)) <= limit


def test_numbered() -> None:
    assert numbered("اختر:", ["كهرباء", "ماء"]) == "اختر:\n\n1. كهرباء\n2. ماء"
    assert numbered("انتهى", []) == "انتهى"

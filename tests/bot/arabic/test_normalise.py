from __future__ import annotations

import pytest
from arabic_texts import TEXTS
from hypothesis import given

from bot.arabic import digits, normalise, normalise_with_offsets


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("الكَهْرَبَاءُ", "الكهرباء"),
        ("أب إب آب ٱب", "اب اب اب اب"),
        ("مدرسة على", "مدرسه علي"),
        ("مـــجـمـع", "مجمع"),
        ("مرررحبااااا", "مرحبا"),
        ("ههههههه اللللله", "هه الله"),
        ("sooooo", "soo"),
        ("چذي گال پيپسي ڤيلا", "جذي قال بيبسي فيلا"),
        ("یک ئ ؤ", "يك ي و"),
        ("٢٠٣ ۱۲۳", "203 123"),
        ("Block\t203\n\nRoad", "block 203 road"),
        ("a\u200fb\u0000c\ufeff", "abc"),
        ("ﷲ ﻻ", "الله لا"),
        ("10000 ٥٥٥٥", "10000 5555"),
        ("नमस्ते", "नमस्ते"),
        ("", ""),
        ("\u064b\u0640", ""),
    ],
)
def test_many_writings_become_one(written: str, expected: str) -> None:
    assert normalise(written) == expected


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_no_stray_space_and_nothing_that_cannot_be_encoded(text: str) -> None:
    result = normalise(text)
    assert result == " ".join(result.split())
    result.encode()


@given(TEXTS)
def test_offsets_lead_back_into_the_original(text: str) -> None:
    result = normalise_with_offsets(text)
    assert result.text == normalise(text)
    assert len(result.offsets) == len(result.ends) == len(result.text)
    assert list(result.offsets) == sorted(result.offsets)
    assert all(0 <= start < end <= len(text) for start, end in zip(result.offsets, result.ends, strict=True))


@given(TEXTS)
def test_each_normalised_character_comes_from_its_offset(text: str) -> None:
    result = normalise_with_offsets(text)
    for character, offset in zip(result.text, result.offsets, strict=True):
        assert character in normalise(f"x{text[offset]}x")


def test_span_covers_marks_and_elongation() -> None:
    text = "يا سَلاااام عليكم"
    result = normalise_with_offsets(text)
    start = result.text.index("سلام")
    first, last = result.span(start, start + 4)
    assert text[first:last] == "سَلاااام"


@given(TEXTS)
def test_digits_keep_every_place(text: str) -> None:
    mapped = digits(text)
    assert len(mapped) == len(text)
    assert all(
        new == old or (new.isascii() and old in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") for new, old in zip(mapped, text, strict=True)
    )
    assert not set(mapped) & set("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")

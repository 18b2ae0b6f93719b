from __future__ import annotations

import pytest
from arabic_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_address
from bot.arabic.addresses import find_address_parts


@pytest.mark.parametrize(
    ("text", "block", "road", "building", "flat"),
    [
        ("مجمع ٢٠٣ طريق ٣١٢ مبنى ٤٤", "203", "312", "44", None),
        ("المحرق مجمع 203 طريق 312", "203", "312", None, None),
        ("طريق 312 بالمجمع 203 منزل ٤٤أ", "203", "312", "44A", None),
        ("بلوك٢٠٣ شارع 5 عمارة 12 شقة ٣", "203", "5", "12", "3"),
        ("block 203 road 312 bldg 44A flat 12", "203", "312", "44A", "12"),
        ("Blk203, Rd. 312, Villa-9", "203", "312", "9", None),
        ("house no 44, block no. 605", "605", None, "44", None),
        ("mojama3 203 tareeg 312 bayt 44", "203", "312", "44", None),
        ("مجمع رقم: 1203 شارع رقم 5", "1203", "5", None, None),
        ("٢٠٣ مجمع ٣١٢ طريق ٤٤ مبنى", "203", "312", "44", None),
        ("مجمع مئتين وثلاثة طريق ثلاثمية واثنعش", "203", "312", None, None),
        ("م ٨١٥ ط ١٥٢٧ بيت ٤٥", "815", "1527", "45", None),
        ("سند م815، ط1527 ب 45", "815", "1527", "45", None),
        ("المجمع اثنين صفر ثلاثة", "203", None, None, None),
        ("مبنى 0044", None, None, "44", None),
    ],
)
def test_addresses(text: str, block: str | None, road: str | None, building: str | None, flat: str | None) -> None:
    address = find_address(text)
    assert (address.block, address.road, address.building, address.flat) == (block, road, building, flat)


@pytest.mark.parametrize(
    "text",
    [
        "مجمع السيف", "شارع 12 متر", "بيت 5 غرف", "بيت واحد", "house 3 rooms", "طريق 5 كيلو", "في البيت من 3 ايام",
        "2604831729", "36001234", "مجمع 2604831729", "",
        "مقابل مسجد الشيخ", "م 815", "الساعة 5 م", "ب 20 دينار والمسافة م 5",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    address = find_address(text)
    assert not address
    assert address.spans == {}


def test_spans_cover_label_and_number() -> None:
    text = "يا اخي بالمجمع ٢٠٣، مبنى ٤٤"
    spans = find_address(text).spans
    assert {part: text[start:end] for part, (start, end) in spans.items()} == {
        "block": "بالمجمع ٢٠٣",
        "building": "مبنى ٤٤",
    }


@given(st.permutations([("block", "مجمع 203"), ("road", "طريق 312"), ("building", "مبنى 44"), ("flat", "شقة 7")]))
def test_any_order(parts: list[tuple[str, str]]) -> None:
    address = find_address("، ".join(said for _, said in parts))
    assert (address.block, address.road, address.building, address.flat) == ("203", "312", "44", "7")


@given(TEXTS)
def test_spans_lie_in_the_text(text: str) -> None:
    address = find_address(text)
    for part, (start, end) in address.spans.items():
        assert 0 <= start < end <= len(text)
        assert getattr(address, part)

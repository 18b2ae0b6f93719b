"""Parts of an address without a label of their own: beside an area, listed in an order said apart, by initials."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_address_parts


def parts_of(text: str) -> dict[str, str]:
    return {found.part: found.value for found in find_address_parts(text)}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("سلماباد ٧٠٦ كله بحيرة", {"block": "706"}),
        ("حفرو في سند ٧٤٣ وراحو", {"block": "743"}),
        ("عالي، ٧٤٢", {"block": "742"}),
        ("حفروا الطريق (توبلي 711) ولم يردموه", {"block": "711"}),
        ("sewage all over tubli 711", {"block": "711"}),
        ("Adliya 327, road 2714", {"block": "327", "road": "2714"}),
        ("الحورة ٣١٨ بناية ٢٤٠", {"block": "318", "building": "240"}),
        ("الدير ٢٣٣ / ٣٣١٧", {"block": "233", "road": "3317"}),
        ("عالي ٧٤٢ / ٤٢٢٩ / ١١", {"block": "742", "road": "4229", "building": "11"}),
        ("Manama 338, 3803, 77", {"block": "338", "road": "3803", "building": "77"}),
        ("الدير 233 3317 يم المسجد", {"block": "233", "road": "3317"}),
        ("سماهيج ٢٣٦ ، ٣٦٠٧ الطريق ، ورا البراده", {"block": "236", "road": "3607"}),
        ("327 Adliya", {"block": "327"}),
        ("ايجار شقة، الحورة ٣١٨", {"block": "318"}),
    ],
)
def test_a_block_of_the_governorate_beside_its_area(text: str, parts: dict[str, str]) -> None:
    assert parts_of(text) == parts


def test_each_area_has_its_block() -> None:
    found = find_address_parts("بين الهمله ١٠١٤ ودمستان ١٠٢٠ في البر")
    assert [(part.part, part.value) for part in found] == [("block", "1014"), ("block", "1020")]


@pytest.mark.parametrize(
    "text",
    [
        "سترة ١٠ سنين", "توبلي 711 دينار", "ايجار شقة في الحورة ٣٢٠", "rent in Hoora 318", "الحد ١٢٠",
        "السرعة في الحد 120",
        "المحرق ٢٣٠ العصر", "المحرق ٢٠٠ شخص", "سترة 612 بيت", "sitra 612 people", "Sitra 612 tankers", "Hidd 115 kV",
        "المحرق ٢٠٢٢ وللحين حفرة", "سترة 204", "المنامة 36001234", "سترة 612.500", "محرقة 204", "المحرق 200 وحدة",
        "Budaiya Highway 555", "بلدية المحرق 211 شكوى",
    ],
)  # fmt: skip
def test_another_number_beside_an_area_is_no_block(text: str) -> None:
    assert parts_of(text) == {}


def test_beside_a_named_block_no_other_is_guessed() -> None:
    assert parts_of("مجمع 338 وبعدين رحت سترة 605") == {"block": "338"}
    assert parts_of("سترة 605-607 كلها") == {"block": "605"}


@pytest.mark.parametrize(
    "text",
    [
        "كرباباد 1452/3627/436 بناية، طريق، مجمع بالترتيب", "436/3627/1452 مجمع / طريق / مبنى",
        "block/road/house: 436/3627/1452", "المجمع والطريق والبيت: ٤٣٦، ٣٦٢٧، ١٤٥٢",
        "road, block, building 3627, 436, 1452",
    ],
)  # fmt: skip
def test_numbers_in_the_order_of_their_labels(text: str) -> None:
    assert parts_of(text) == {"block": "436", "road": "3627", "building": "1452"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("77, road 3803, block 338", {"building": "77", "road": "3803", "block": "338"}),
        ("العنوان: ٧٧، طريق ٣٨٠٣، مجمع ٣٣٨", {"building": "77", "road": "3803", "block": "338"}),
        ("at 5, road 3803, block 338", {"road": "3803", "block": "338"}),
        ("3, building 77, road 3803, block 338", {"building": "77", "road": "3803", "block": "338"}),
        ("H 334 R 1211 B 912 East Riffa", {"building": "334", "road": "1211", "block": "912"}),
        ("b506 r619", {"block": "506", "road": "619"}),
        ("B-324 R-2414 bldg-3", {"block": "324", "road": "2414", "building": "3"}),
    ],
)
def test_initials_and_a_house_that_leads(text: str, parts: dict[str, str]) -> None:
    assert parts_of(text) == parts


_PIECES = (
    "سترة",
    "Tubli",
    "605",
    "711",
    "1130",
    "12",
    "/",
    "،",
    "-",
    "مجمع",
    "طريق",
    "بناية",
    "و",
    "(",
    "block",
    "road",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join))
def test_parts_stand_one_after_the_other_and_hold_their_number(text: str) -> None:
    end = 0
    for part in find_address_parts(text):
        assert end <= part.start < part.end <= len(text)
        assert part.value in "".join(text[part.start : part.end].split())  # «طريق 45 23» is read out in pairs
        end = part.end


@pytest.mark.parametrize("piece", ["سترة 605 / ", "12, ", "مجمع/", "605/", "Tubli 711 1130 ", "رقم الحساب ", "لا "])
def test_five_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 5000)[:5000]
    before = time.process_time()
    find_address_parts(text)
    assert time.process_time() - before < 0.5

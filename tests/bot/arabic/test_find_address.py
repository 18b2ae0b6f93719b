from __future__ import annotations

import time

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
        ("e6areeq 4523", None, "4523", None, None),
        ("fettareeq 312 mojama3 203", "203", "312", None, None),
        ("esh share3 4411", None, "4411", None, None),
        ("مجمع رقم: 1203 شارع رقم 5", "1203", "5", None, None),
        ("٢٠٣ مجمع ٣١٢ طريق ٤٤ مبنى", "203", "312", "44", None),
        ("مجمع مئتين وثلاثة طريق ثلاثمية واثنعش", "203", "312", None, None),
        ("م ٨١٥ ط ١٥٢٧ بيت ٤٥", "815", "1527", "45", None),
        ("سند م815، ط1527 ب 45", "815", "1527", "45", None),
        ("المجمع اثنين صفر ثلاثة", "203", None, None, None),
        ("مبنى 0044", None, None, "44", None),
        ("مجمع رقم (٩٣٩) طريق رقم (٣٩٤١)", "939", "3941", None, None),
        ("بلك ٣٣٨ رود ٣٨٠٣ بلدنق ٧٧", "338", "3803", "77", None),
        ("مجمعنا ٩٢١ طريجنا ٣٩٢٦ بيتنا ١٢", "921", "3926", "12", None),
        ("فيله 4 سكة 7519", None, "7519", "4", None),
        ("مج 1018 ط 1849 م 233", "1018", "1849", "233", None),
        ("مجمع ٥٣١ ط ٣١٢٣ منزل ٢٠٨٨", "531", "3123", "2088", None),
        ("blk543 rd2817 bldg12", "543", "2817", "12", None),
        ("rd431blk305", "305", "431", None, None),
        ("مجمع٦٤٣", "643", None, None, None),
        ("Blk.338/Rd.3803/Bldg.77", "338", "3803", "77", None),
        ("nuwaidrat mujma3 643 manzil 1521", "643", None, "1521", None),
        ("6areeg 736 mojamma3 1207 3emara 33 sheqa 5", "1207", "736", "33", "5"),
        ("3931 is the road, 338 is my block", "338", "3931", None, None),
        ("house 12, 3803 road, 338 block", "338", "3803", "12", None),
        ("I live in 338 block", "338", None, None, None),
        ("our ministry house, number 2243", None, None, "2243", None),
        ("بيت الاسكان رقم ٣١٨", None, None, "318", None),
        ("البيت رقمه ٤١٥ والمجمع الصحيح 1016", "1016", None, "415", None),
        ("رقم المبنى هو 218", None, None, "218", None),
        ("road 4358 min 4 ayam", None, "4358", None, None),
        ("طريق 28 17 بيت 12", None, "2817", "12", None),
        ("مجمع 2 0 3", "203", None, None, None),
        ("طريق ثمنية وعشرين سبعطعش مجمع خمسمية وثمنية وعشرين", "528", "2817", None, None),
        ("block three three eight, road thirty eight oh three, building double seven", "338", "3803", "77", None),
        ("طريق ثلاثمية واثنين، بيت سبعة، مجمع مية وثمانية", "108", "302", "7", None),
        ("بيت رقم واحد", None, None, "1", None),
        ("مبنى 12 يوم الجمعة", None, None, "12", None),
        ("B 945 R 4532 Bldg 77", "945", "4532", "77", None),
        ("b338 r3803", "338", "3803", None, None),
        ("952 el 6areeg, w 309 el mujamma3", "309", "952", None, None),
        ("Tower 1455 Rd 4626 Blk 346, 31 floors", "346", "4626", "1455", None),
        ("أمام منزله رقم ١١٤٢ طريق ٤٢٢٩", None, "4229", "1142", None),
        ("building no 12 people are on roof", None, None, "12", None),
        ("مجمع ٣٢٧ مبنى ٨٣ مساء الجمعة", "327", None, "83", None),
        ("building number six oh nine", None, None, "609", None),
        ("مرتفعات لتهدئة السرعة في طريق 1521", None, "1521", None, None),
        ("block same 334", "334", None, None, None),
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
        "3rd block of flats", "mujamma3 el seef", "el bait 7ar", "el share3 6ayi7", "bait 3ammi", "wait in ward 34",
        "خمسة ونص اطلع من البيت خمسة ونص", "رجعت البيت 7 الصبح", "left house 7 am", "البيت عمره 30 سنة",
        "ماسورة ضاربة في الشارع، مية حلوة", "من ٢٠١٩ الطريق مكسر", "تواقيع ٣٠٠ بيت", "We are 24 flat", "٢٠ شقة",
        "ايجار الشقة 250", "qesa6 el bait 240", "فاتورة البيت 48 دينار", "house, 9 of us unpaid", "بنايتنا ١٦ شقة",
        "بيت ميتين متر", "شارع 7 مارس", "السرعة في الشارع ٨٠ كيلو", "the house was ninety", "رقم البيت 1768 4213",
        "بيت فيه ليت واحد مو ثلاثة", "خط 20 ما يمر", "bus 45 on the road", "شارع 5/12/2025",
        "السرعة في الشارع 80", "speed in the road 120", "بيت 7 مساء", "طريقة 3", "برج ١٢ طابق",
        "block, road and so on 5",
        "fatoora b 300 fils w b 20 dinar", "gas in the villa, 60 cylinders", "3mara 4 adwar", "شارع 5:30",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    address = find_address(text)
    assert not address
    assert address.spans == {}


@pytest.mark.parametrize(
    ("text", "part", "meant", "taken_back"),
    [
        ("غلطت، المجمع ٧٤٣ مو ٧٣٤", "block", "743", ["734"]),
        ("المجمع 745 وليس 754", "block", "745", ["754"]),
        ("المبنى رقم ٤٠٢ لا ٢٠٤", "building", "402", ["204"]),
        ("block 338 (not 383)", "block", "338", ["383"]),
        ("not building 55 brother, building 550", "building", "550", ["55"]),
        ("not building 55, 550", "building", "550", ["55"]),
        ("مو مجمع ٣٢١، ٣١٢", "block", "312", ["321"]),
        ("المجمع مو 338 لكن 383", "block", "383", ["338"]),
        ("it's not 383, block is 338", "block", "338", ["383"]),
        ("mo 338, block 383", "block", "383", ["338"]),
        ("لا يبه ما هو مجمع ٩٠٩ هذا حق الوالد، مجمعنا ٩٢١", "block", "921", ["909"]),
        ("عدل الطريق، كتبت لك 12 وهو 21", "road", "21", ["12"]),
        ("المجمع اللي كتبته غلط، الصح ٢٤٢", "block", "242", []),
        ("رقم الطريق مقلوب، هو ٥٢٣١ مو ٥١٣٢", "road", "5231", ["5132"]),
        ("Sorry, wrong road, should be 3931", "road", "3931", []),
        ("I gave wrong building number, correct one is 1187", "building", "1187", []),
        ("Sorry I typed road 40, it is road 14", "road", "14", ["40"]),
        ("كتبت لك البيت رقم ١٢ وكنت اطالع ورقة ثانية، بيتنا رقم ٢١", "building", "21", ["12"]),
        ("كتبت مجمع ٣٢٤ وأنا قلت ٤٢٣", "block", "423", ["324"]),
        ("غيروا المجمع من 203 الى 302", "block", "302", ["203"]),
        ("change the block from 203 to 302", "block", "302", ["203"]),
        ("مجمع 302، لا 203", "block", "203", []),
        ("مو مجمع 302", "block", None, ["302"]),
        ("not road 3412 its 3421", "road", "3421", ["3412"]),
        ("Building number should be 2217, I gave you 2271", "building", "2217", ["2271"]),
        ("المجمع سبعمية واربعة وثلاثين، لا لا صبر سبعمية وثلاثة واربعين", "block", "743", []),
        ("block 734 no wait 743", "block", "743", []),
        ("مجمع ٧٣٤ لا لا ٧٤٣", "block", "743", []),
    ],
)
def test_what_a_correction_means(text: str, part: str, meant: str | None, taken_back: list[str]) -> None:
    assert getattr(find_address(text), part) == meant
    assert [named.value for named in find_address_parts(text) if named.taken_back] == taken_back


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("مجمع 743 طريق 12 وبعد مجمع 745 طريق 15", ["743", "12", "745", "15"]),
        ("طريقي 2144 و2146", ["2144", "2146"]),
        ("roads 12 and 14 block 338", ["12", "14", "338"]),
        ("203 مجمع و312 طريق", ["203", "312"]),
        ("مجمع 338 و 3 حاويات", ["338"]),
        ("مو طريق 12 الى 15 دقيقة", ["12"]),
    ],
)
def test_every_part_is_named(text: str, named: list[str]) -> None:
    parts = find_address_parts(text)
    assert [part.value for part in parts] == named
    assert not any(part.corrected for part in parts)


def test_a_part_named_twice_is_meant_the_first_time() -> None:
    assert find_address("حفرة في طريق 12 وحفرة في طريق 15").road == "12"


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


_PIECES = (
    "مجمع",
    "طريق",
    "بيت",
    "مو",
    "وهو",
    "غلط",
    "كتبت",
    "لا",
    "،",
    "12",
    "203",
    "و",
    "رقم",
    "م",
    "ط",
    "not",
    "block",
)
_ADDRESSES = st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join)


@given(TEXTS | _ADDRESSES)
def test_parts_stand_in_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for part in find_address_parts(text):
        assert end <= part.start < part.end <= len(text)
        assert part.value
        end = part.end


@pytest.mark.parametrize(
    "piece", ["طريق ", "road 12 ", "مو 12 غلط ", "م 1 ", "صفر ", "مجمع رقم ", "wa7ed w ", "26-", "1 ", "طريق مو "]
)
def test_five_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 5000)[:5000]
    before = time.process_time()
    find_address_parts(text)
    assert time.process_time() - before < 0.5

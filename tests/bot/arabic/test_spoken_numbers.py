"""Numbers said in words are found as typed ones are, in every dialect; words that only look like numbers stay."""

from __future__ import annotations

import pytest
from arabic_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import find_cprs, find_phones, find_references, normalise
from bot.arabic.numbers import in_digits


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ميتين وثلاثة", "203"),
        ("مئتان وثلاثة", "203"),
        ("ثلاث مية واثنعش", "312"),
        ("ثلاثمائة واثنا عشر", "312"),
        ("تلتمية وعشرين", "320"),
        ("ثلاثمية خمسة وعشرين", "325"),
        ("الف وميتين وستة عشر", "1216"),
        ("ألفين وثمنمية وسبعطعش", "2817"),
        ("ثلاث الاف وخمسمية", "3500"),
        ("خمسة وعشرين", "25"),
        ("ثمنية وعشرين سبعطعش", "2817"),
        ("اربعين خمسطعش", "4015"),
        ("عشرين ستاشر", "2016"),
        ("اربعتعش صفر ثمانية", "1408"),
        ("اثنين صفر ثلاثة", "203"),
        ("اثنين، صفر، ثلاثة", "203"),
        ("ثلاث خمسات واحد", "5551"),
        ("خمسة مكرر", "55"),
        ("three hundred and thirty eight", "338"),
        ("three thirty-eight", "338"),
        ("twenty eight seventeen", "2817"),
        ("four oh five", "405"),
        ("double five one", "551"),
        ("two thousand and five hundred", "2500"),
        ("khamsmiya w thamanya w 3eshreen", "528"),
        ("wa7ed thnain thalatha", "123"),
    ],
)
def test_numbers_in_words(said: str, written: str) -> None:
    assert in_digits(f"مجمع {said} هني").text == f"مجمع {written} هني"


@pytest.mark.parametrize("teen", ["خمسطعش", "خمستعش", "خمسة عشر", "خمستاشر", "خمسطاشر", "khamsta3ash", "fifteen"])
@pytest.mark.parametrize("hundred", ["ثمانمية", "ثمنمية", "ثمانمائة", "تمنمية", "ثمان مية", "thmanmiya"])
def test_every_dialect_says_the_same(teen: str, hundred: str) -> None:
    assert in_digits(f"{hundred} و{teen}" if teen[0] > "z" else f"{hundred} w {teen}").text == "815"


_UNITS = ["صفر", "واحد", "اثنين", "ثلاثة", "اربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
_ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@given(st.integers(10**9, 10**10 - 1), st.sampled_from((_UNITS, _ENGLISH)), st.sampled_from((" ", "، ", " شرطة ")))
def test_ten_digits_said_one_by_one(number: int, words: list[str], pause: str) -> None:
    digits = f"26{str(number)[2:]}"
    groups = (digits[:2], digits[2:6], digits[6:])
    said = pause.join(" ".join(words[int(digit)] for digit in group) for group in groups)
    text = f"رقم الشكوى {said} شكرا"
    (found,) = find_references(text)
    assert (found.value, text[found.start : found.end]) == (digits, said)


@pytest.mark.parametrize(
    "said",
    [
        "ستة وعشرين شرطة صفر صفر تسعة خمسة شرطة اربعة سبعة اثنين واحد",
        "ستة وعشرين، صفر صفر خمسة وتسعين، سبعة واربعين واحد وعشرين",
        "ستة وعشرين صفرين خمسة وتسعين وبعدين سبعة واربعين واحد وعشرين",
        "26 داش 0095 داش 4721",
        "26 زيرو زيرو 95 4721",
        "twenty six, oh oh nine five, forty seven twenty one",
        "two six dash double zero nine five dash four seven two one",
    ],
)
def test_a_dictated_reference(said: str) -> None:
    text = f"شصار على {said}؟" if said[0] > "z" else f"any news on {said}?"
    assert [found.value for found in find_references(text)] == ["2600954721"]
    assert find_phones(text) == find_cprs(text) == []


@pytest.mark.parametrize(
    "said",
    [
        "ثلاثة تسعة اربعة اربعة صفر واحد ثمانية ثمانية", "تسعة وثلاثين، اربعة واربعين، صفر واحد، ثمنية وثمانين",
        "تسعة وثلاثين واربعة واربعين وصفر واحد وثمنية وثمانين", "three nine double four, zero one, double eight",
        "thirty nine forty four oh one eighty eight", "٣٩ ٤٤ صفر واحد ٨٨",
        "thalatha tis3a arba3a arba3a sifr wa7ed 8 8",
        "صفر صفر تسعة سبعة ثلاثة تسعة وثلاثين اربعة واربعين صفر واحد ثمنية وثمانين",
    ],
)  # fmt: skip
def test_a_dictated_phone(said: str) -> None:
    text = f"رقم تلفوني {said}."
    (found,) = find_phones(text)
    assert (found.value, text[found.start : found.end]) == ("+97339440188", said)
    assert find_references(text) == find_cprs(text) == []


@pytest.mark.parametrize(
    "said",
    [
        "تسعين صفر ثلاثة واحد اثنين ثلاثة اربعة خمسة", "nine zero zero three one two three four five",
        "تسعة صفر، صفر ثلاثة، اثنعش، ثلاثة اربعة خمسة", "بتسعين وبعده صفر ثلاثة والباقي واحد اثنين ثلاثة اربعة خمسة",
    ],
)  # fmt: skip
def test_a_dictated_personal_number(said: str) -> None:
    assert [found.value for found in find_cprs(f"الرقم الشخصي {said}")] == ["900312345"]


@pytest.mark.parametrize(
    "text",
    [
        "واحد يبني جدام بيتنا", "الف شكر", "مية مقطوعة", "جدار متين", "وحدة بس", "the correct one is here",
        "double payment", "شرطة المرور", "دبل كبينة", "oh my god",
    ],
)  # fmt: skip
def test_words_that_are_no_numbers_stay(text: str) -> None:
    assert in_digits(text).text == normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "عندي ثلاث عيال وخمس بنات من سبع سنين", "الساعة ثنتين ونص لين اربع", "دفعت خمسة وعشرين دينار وثلاثمية فلس",
        "واحد، اثنين، ثلاثة، اربعة، خمسة، ستة، سبعة، ثمانية", "طلبي من ٢٠٠٤. الفين. واربعه. وللحين",
        "ra7 3 alaf w 200", "من 2019 لين 2024 وانا انطر ثلاث مرات", "36001234 ثلاث مرات دقيت عليهم",
    ],
)  # fmt: skip
def test_counts_are_no_long_numbers(text: str) -> None:
    phones = ["36001234"] if "36001234" in text else []
    assert [text[found.start : found.end] for found in find_phones(text)] == phones
    assert find_references(text) == find_cprs(text) == []


_NUMBER_WORDS = ("ستة", "وعشرين", "صفر", "مية", "الف", "شرطة", "مكرر", "double", "five", "w", "26", "،", "خمسات", "ب")
_SAID = st.lists(st.sampled_from(_NUMBER_WORDS), max_size=14).map(" ".join)


@given(TEXTS | _SAID)
def test_the_way_back_leads_to_the_words(text: str) -> None:
    written = in_digits(text)
    assert len(written.text) == len(written.offsets) == len(written.ends)
    for index in range(len(written.text)):
        start, end = written.span(index, index + 1)
        assert 0 <= start < end <= len(text)
    for start, end in written.spoken:
        assert written.text[start:end].isdecimal()

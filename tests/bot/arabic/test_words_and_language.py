from __future__ import annotations

import pytest
from arabic_texts import TEXTS
from camel_tools.tokenizers.word import simple_word_tokenize
from hypothesis import given

from bot.arabic import detect, normalise, to_arabic, tokenise
from bot.arabic.language import Language


@given(TEXTS)
def test_tokens_are_slices_of_the_text_and_leave_out_only_what_nobody_sees(text: str) -> None:
    position = 0
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text
        assert normalise(text[position : token.start]) == ""
        position = token.end
    assert normalise(text[position:]) == ""


@given(TEXTS)
def test_words_are_cut_as_camel_tools_cuts_them(text: str) -> None:
    assert [token.text for token in tokenise(text)] == list(simple_word_tokenize(text))


def test_tokens_split_punctuation_but_not_arabizi() -> None:
    assert [token.text for token in tokenise("3ndi مشكلة، وايد!")] == ["3ndi", "مشكلة", "،", "وايد", "!"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("الكهرباء طافية من الصبح", "ar"),
        ("ابي اسوي renew حق الـ CPR", "ar"),
        ("3ndi mushkila fil majari", "arabizi"),
        ("abi asajil shakwa", "arabizi"),
        ("wain mawdoo3i", "arabizi"),
        ("mojama3 203 tareeg 312 bayt 44", "arabizi"),
        ("shloon astakhdim el khidma", "arabizi"),
        ("no water since morning", "en"),
        ("Street light not working in سند", "en"),
        ("plz fix d road sir", "en"),
        ("2nd floor, flat 5, 7pm", "en"),
        ("English please", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "", "👍👍", "12345", "؟!", "Sitra", "Ahmed Ali", "Ahmed Khan", "Rajesh Kumar", "Mohammed Irfan", "Maria Santos",
        "Khalid Hassan", "Abdul Rahman", "Suresh",
    ],
)  # fmt: skip
@pytest.mark.parametrize("default", ["ar", "en"])
def test_a_text_that_does_not_tell_takes_the_default(text: str, default: Language) -> None:
    assert detect(text, default=default) == default


@pytest.mark.parametrize("text", ["", "👍", "12345"])
def test_the_default_is_arabic(text: str) -> None:
    assert detect(text) == "ar"


@given(TEXTS)
def test_every_text_has_a_language(text: str) -> None:
    assert detect(text) in ("ar", "arabizi", "en")


@pytest.mark.parametrize(
    ("arabizi", "arabic"),
    [
        ("3ndi mushkila fi el majari", "عندي مشكلة في المجاري"),
        ("abi asajil shakwa", "ابي اسجل شكوى"),
        ("mojama3 203 tareeg 312 bayt 44", "مجمع 203 طريق 312 بيت 44"),
        ("el 7ufra", "الحفرة"),
        ("kharban", "خربان"),
    ],
)
def test_arabizi_in_arabic_letters(arabizi: str, arabic: str) -> None:
    assert to_arabic(arabizi) == arabic


def test_english_words_numbers_and_codes_stay() -> None:
    assert to_arabic("the street light blk203 3rd 12") == "the street light blk203 3rd 12"


@given(TEXTS)
def test_transliterating_twice_changes_nothing_where_no_latin_is_left(text: str) -> None:
    once = to_arabic(text)
    if not any("a" <= letter <= "z" for letter in once):
        assert to_arabic(once) == once

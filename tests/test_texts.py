"""All texts that people read: none missing in a language, none too long for a channel, and all as we want to speak."""

import re
from pathlib import Path

import pytest

from bot.arabic import normalise
from contact_center.channels.sms_alphabet import in_few_parts, parts
from contact_center.channels.text import numbered, utf16_units
from tests.texts import LANGUAGES, PLACEHOLDER, Text, all_texts, responses

TEXTS = all_texts()
WHATSAPP_UNITS, TELEGRAM_UNITS = 1600, 4096
QUICK_REPLIES, QUICK_REPLY_UNITS, LIST_ITEMS, LIST_ITEM_UNITS = 3, 20, 10, 24
MOST_SMS_PARTS = 6
MOST_SMS_PARTS_FIXED = 3
"""Of a text in which nothing is filled in: what we say of ourselves we say shortly."""

ADDRESS = re.compile(r"https://\S+")
LATIN_IN_ARABIC = {"START", "STOP", "WhatsApp", "SMS", "CPR", "Telegram"}
LANGUAGE_NAMES = {"utter_language"}
SAID_TO_STAFF = {"say_read_back", "say_agent_on_call", "say_emergency_on_call"}

SPEAKS_TO_A_MAN_OR_A_WOMAN = Path(__file__).with_name("gendered_words.txt").read_text(encoding="utf-8").split()
"""Words that take a man or a woman for granted: imperatives, verbs of the second person, adjectives."""
STIFF = ["يرجى", "الرجاء", "نأمل", "نود", "حيث أن", "وفقا", "سيتم", "يتم", "معالجة طلبك", "المذكور", "علما بأن"]
STIFF_ENGLISH = ["kindly", "please be informed", "in order to", "regarding", "hereby", "dear citizen", "processed"]

ARABIC, ENGLISH = ([text for text in TEXTS if text.language == language] for language in LANGUAGES)
every_text = pytest.mark.parametrize("text", TEXTS, ids=map(str, TEXTS))
every_arabic_text = pytest.mark.parametrize("text", ARABIC, ids=map(str, ARABIC))
every_english_text = pytest.mark.parametrize("text", ENGLISH, ids=map(str, ENGLISH))


def test_everything_is_said_in_both_languages_with_the_same_values_and_buttons() -> None:
    """A value or a button that only one language has was forgotten in the other."""
    for name, channel in {(text.name, text.channel) for text in TEXTS}:
        shapes = {
            language: {
                (frozenset(PLACEHOLDER.findall(text.template)), len(text.titles))
                for text in TEXTS
                if (text.name, text.channel, text.language) == (name, channel, language)
            }
            for language in LANGUAGES
        }
        assert shapes["ar"] == shapes["en"], name


def test_every_condition_is_met_in_both_languages() -> None:
    conditions: dict[tuple[str, str | None, str], int] = {}
    for text in TEXTS:
        key = (text.name, text.channel, text.language)
        conditions[key] = conditions.get(key, 0) + 1
    lopsided = [key for key in conditions if conditions[key] != conditions.get((*key[:2], _other(key[2])))]
    assert lopsided == []


def _other(language: str) -> str:
    return "en" if language == "ar" else "ar"


def test_something_is_said_whatever_the_slots_are() -> None:
    """Rasa says nothing where no variant suits, and an empty reply is a failure."""
    for name, variants in responses().items():
        assert any("condition" not in variant and "channel" not in variant for variant in variants), name


def test_a_channels_own_wording_is_chosen_by_language() -> None:
    """Rasa prefers a channel's wording without a condition to every other, whatever its language."""
    for name, variants in responses().items():
        for variant in variants:
            if "channel" in variant:
                assert any(slot["name"] == "language" for slot in variant.get("condition", ())), name


@every_text
def test_it_fits_every_channel(text: Text) -> None:
    whole = numbered(text.filled, text.titles)
    assert utf16_units(text.filled) <= TELEGRAM_UNITS
    assert utf16_units(whole) <= WHATSAPP_UNITS


@every_text
def test_it_takes_few_parts_by_sms(text: Text) -> None:
    if text.name in SAID_TO_STAFF or text.channel not in (None, "sms") or (text.channel is None and _has_own(text)):
        return
    sent = in_few_parts(numbered(text.filled, text.titles))
    most = MOST_SMS_PARTS if PLACEHOLDER.search(text.template) else MOST_SMS_PARTS_FIXED
    assert parts(sent) <= most, f"{parts(sent)} parts: {sent}"


def _has_own(text: Text) -> bool:
    return any(other.name == text.name and other.channel == "sms" for other in TEXTS)


@every_text
def test_the_titles_of_its_buttons_fit(text: Text) -> None:
    limit = QUICK_REPLY_UNITS if len(text.titles) <= QUICK_REPLIES else LIST_ITEM_UNITS
    assert [title for title in text.titles if utf16_units(title) > limit] == []
    assert len(text.titles) <= LIST_ITEMS
    assert len(set(text.titles)) == len(text.titles)


@every_text
def test_no_key_and_no_brace_is_shown(text: Text) -> None:
    shown = "\n".join([text.filled, *text.titles])
    assert not re.search(r"[{}<>]|\w_\w|\bNone\b(?! of)|\bnull\b|\bTrue\b|\bFalse\b", shown)
    assert not re.search(r"\b(?:utter|say|word|line|button|slot|intent|payload)s?[_:]", shown)


@every_text
def test_it_asks_one_question_at_most(text: Text) -> None:
    assert len(re.findall("[؟?]", text.filled)) <= 1


@every_arabic_text
def test_arabic_is_arabic(text: Text) -> None:
    shown = "\n".join([text.filled, *text.titles])
    if text.name not in LANGUAGE_NAMES:
        assert set(re.findall(r"[A-Za-z]+", ADDRESS.sub("", shown))) <= LATIN_IN_ARABIC
    assert re.search("[\u0621-\u064a]", shown) or text.name == "word_comma"


@every_english_text
def test_english_is_english(text: Text) -> None:
    if text.name not in LANGUAGE_NAMES:
        assert not re.search("[\u0600-\u06ff]", "\n".join([text.filled, *text.titles]))


@every_arabic_text
def test_arabic_takes_nobody_for_a_man_or_a_woman(text: Text) -> None:
    words = set(_words("\n".join([text.template, *text.titles])))
    stems = words | {re.sub("^[وف]", "", word) for word in words}
    assert stems.intersection(map(normalise, SPEAKS_TO_A_MAN_OR_A_WOMAN)) == set()


@every_arabic_text
def test_arabic_is_not_stiff(text: Text) -> None:
    if text.name not in SAID_TO_STAFF:
        words = f" {' '.join(_words(text.template))} "
        assert [phrase for phrase in STIFF if f" {normalise(phrase)} " in words] == []


@every_english_text
def test_english_is_not_stiff(text: Text) -> None:
    if text.name not in SAID_TO_STAFF:
        assert [phrase for phrase in STIFF_ENGLISH if phrase in text.template.lower()] == []


def _words(template: str) -> list[str]:
    return re.findall(r"[^\W_]+", normalise(PLACEHOLDER.sub(" ", template)))

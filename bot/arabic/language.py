"""Which language a message is in: Arabic letters, Arabic in Latin letters, or English."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Literal

from bot.arabic.latin_words import ARABIZI, ENGLISH
from bot.arabic.normalise import normalise

Language = Literal["ar", "arabizi", "en"]

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_LATIN_LETTER = re.compile(r"[a-z]")
_WORD = re.compile(r"(?<![\d+@/.])\b[a-z0-9']*[a-z][a-z0-9']*\b")
# A digit standing for an Arabic letter (3 ع, 7 ح, 5 خ, 6 ط, 9 ص, 8 ق, 2 ء), not 2nd, 5pm, 4g or 44a
_DIGIT_LETTER = re.compile(r"(?=(?:.*[a-z]){2})(?:[a-z']*[2356789][a-z']+|[a-z']+[2356789])+$")
_ENGLISH_WITH_DIGIT = re.compile(r"\d*(?:st|nd|rd|th|am|pm|hrs?|km|mins?|[a-d])$|[a-z]+\d{2,}")
_ARABIC_SHARE = 0.4  # an Arabic sentence may hold English words; below this it is English with an Arabic name in it
_GUESS = 0.5  # the most that the letters of an unknown word may say


def detect(text: str, default: Language = "ar") -> Language:
    """The language of `text`. `default` answers where the text does not tell: no letters at all, or a name."""
    plain = normalise(text)
    arabic, latin = len(_ARABIC_LETTER.findall(plain)), len(_LATIN_LETTER.findall(plain))
    if arabic + latin == 0:
        return default
    if arabic >= _ARABIC_SHARE * (arabic + latin):
        return "ar"
    words = _WORD.findall(plain)
    if not any(map(_is_sign, words)):  # names, and words of languages that we do not know
        return default
    return "arabizi" if sum(map(_arabizi_score, words)) >= 0 else "en"


def _is_sign(word: str) -> bool:
    return (word in ARABIZI) != (word in ENGLISH) or _has_digit_letter(word)


def _has_digit_letter(word: str) -> bool:
    return bool(_DIGIT_LETTER.match(word)) and not _ENGLISH_WITH_DIGIT.match(word)


def _arabizi_score(word: str) -> float:
    """How much a Latin word speaks for Arabizi (above zero) or English (below)."""
    if (word in ARABIZI) != (word in ENGLISH):
        return 1.0 if word in ARABIZI else -1.0
    if _has_digit_letter(word):
        return 2.0
    if word in ENGLISH or len(word) < 3 or not word.isalpha():
        return 0.0
    pairs = _pairs(word)
    mean = sum(_PAIR_SCORES.get(pair, 0.0) for pair in pairs) / len(pairs)
    return max(-_GUESS, min(_GUESS, mean))


def _pairs(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[index : index + 2] for index in range(len(padded) - 1)]


def _pair_scores() -> dict[str, float]:
    """Log odds of each letter pair, Arabizi against English, learned from the two word lists."""
    arabizi = Counter(pair for word in ARABIZI if word.isalpha() for pair in _pairs(word))
    english = Counter(pair for word in ENGLISH for pair in _pairs(word))
    scale = (sum(english.values()) + len(english)) / (sum(arabizi.values()) + len(arabizi))
    return {pair: math.log((arabizi[pair] + 1) / (english[pair] + 1) * scale) for pair in arabizi | english}


_PAIR_SCORES = _pair_scores()

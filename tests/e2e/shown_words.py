"""What must never be shown to a person, whatever they do: nothing, the same twice, a key, the other language."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from actions.draft import FIELDS
from contact_center.agencies.catalogue import catalogue

_NAMES = sorted({*(name for name in FIELDS if "_" in name), *catalogue().categories})
_KEY = re.compile(
    r"[{}]|\b(?:utter|say|word|button|line|action)_\w+|\bNone\b|\bnull\b"
    rf"|(?<![\w.])(?:{'|'.join(map(re.escape, _NAMES))})(?![\w.])"
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_ARABIC = re.compile(r"[\u0621-\u064a]{2,}")
_IN_BOTH = {"WhatsApp", "SMS", "CPR", "STOP", "START"}


def unfit(texts: Sequence[str], language: str, own_words: str = "") -> list[str]:
    """What is wrong with texts that were said one after another; empty where all is well.

    `own_words`: what the person said, which may be repeated to them in its own letters.
    """
    return [*_unfit_alone(texts, language, own_words), *_repeated(texts)]


def _unfit_alone(texts: Sequence[str], language: str, own_words: str) -> Iterator[str]:
    for text in texts:
        if not any(sign.isalnum() for sign in text):
            yield f"empty: {text!r}"
        if key := _KEY.search(text):
            yield f"a key is shown: {key[0]!r} in {text!r}"
        foreign = set((_LATIN if language == "ar" else _ARABIC).findall(text)) - _IN_BOTH
        if left := [word for word in foreign if word not in own_words]:
            yield f"words of the other language: {left} in {text!r}"


def _repeated(texts: Sequence[str]) -> Iterator[str]:
    return (f"said twice in a row: {one!r}" for one, other in pairwise(texts) if one == other)

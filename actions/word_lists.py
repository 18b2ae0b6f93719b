"""Whether a message holds a word of one of the lists in word_lists.yml."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.arabic import normalise, to_arabic

FILE = Path(__file__).with_name("word_lists.yml")
_WORD = re.compile(r"[\w']+")
_CLITICS = r"(?<!\w)[وف]?[بل]?(?:ال|لل)?"


def has(kind: str, text: str) -> bool:
    """Whether a text holds a word of the list `kind`. Raises KeyError for an unknown list."""
    return bool(lists()[kind].search(normalise(text)))


def opens_with(kind: str, text: str) -> bool:
    """Whether a text begins with a word of the list, a «لا» or "no" aside."""
    return bool(lists()[kind].match(re.sub(r"^(?:لا|لأ|no)\W+", "", normalise(text).strip())))


def only(kind: str, text: str) -> bool:
    """Whether all words of a text are on the list, in Latin letters or in Arabic ones; not for a text without words."""
    words, listed = _WORD.findall(normalise(text)), lists()[kind]
    return bool(words) and all(_is_listed(word, listed) for word in words)


def _is_listed(word: str, listed: re.Pattern[str]) -> bool:
    spellings = [word, normalise(to_arabic(word))] if word.isascii() else [word]
    return any(map(listed.match, spellings))


@lru_cache(maxsize=1)
def lists() -> dict[str, re.Pattern[str]]:
    """Each list as one pattern over normalised text."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: _pattern(words) for kind, words in raw.items()}


def _pattern(words: list[str]) -> re.Pattern[str]:
    ends = {word.rstrip("."): r"(?!\w)" if word.endswith(".") else "" for word in words}
    longest_first = sorted(ends, key=len, reverse=True)
    choices = "|".join(re.escape(normalise(word)) + ends[word] for word in longest_first)
    return re.compile(f"{_CLITICS}(?:{choices})")

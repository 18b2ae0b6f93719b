"""A rating in words: «٥», «ممتاز بس تأخروا», "two", «زفت». Understood only right after it was asked for."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from actions.asides import asks
from actions.turn import Turn
from bot.arabic import normalise

_FILE = Path(__file__).with_name("rating_words.yml")
_BEFORE = (
    r"^(?:(?:والله|الرد|رد|الخدمه|ردهم|ردكم|كان|كانت|تقييمي|اقيمه|اقيمكم|اعطيه|اعطيكم|it was|the reply was|it is|i give"
    r"|rating)\s+)*"
)
_AFTER_NUMBER = r"(?:\s*(?:/|من|out of)\s*(?:5|خمسه|five))?(?:\s*(?:نجوم|نجمات|نجمه|stars?))?"
_LEADS_ON = r"(?=\s*$|\s*[،,.!؛;:)\-\n]|\s+(?:بس|لكن|لان|لانه|عشان|مع|but|because|cause|though)\b)"
_NUMBER = re.compile(rf"{_BEFORE}([1-5]){_AFTER_NUMBER}{_LEADS_ON}")
_SIGNS = " \t\n،,.!؛;:()-*⭐"


def rating_in(turn: Turn) -> tuple[int, str] | None:
    """The number of stars (1 to 5) and the words beside it, if a message is a rating. A question is none."""
    words = normalise(turn.text).strip(_SIGNS)
    stars = turn.text.count("⭐")
    if stars and not words:
        return min(stars, 5), ""
    if not words or asks(turn) or turn.is_command:
        return None
    for pattern, value in _patterns():
        if found := pattern.match(words):
            rest = words[found.end() :].strip(_SIGNS)
            return value or int(found[1]), turn.text.strip() if rest else ""
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], int | None]]:
    """Longer words first: «سيء جدا» before «سيء», «مو زين» before «زين». None: the number is in the text."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    ends = {"surely": r"(?!\w)", "alone": rf"(?!\w){_LEADS_ON}"}
    words = [
        (normalise(word), end, int(stars))
        for kind, end in ends.items()
        for stars, many in raw[kind].items()
        for word in many
    ]
    words.sort(key=lambda entry: -len(entry[0]))
    return [(_NUMBER, None), *((re.compile(f"{_BEFORE}{re.escape(word)}{end}"), stars) for word, end, stars in words)]

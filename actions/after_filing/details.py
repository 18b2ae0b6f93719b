"""What a message says of the matter itself, beside what is wanted of which case."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from actions.turn import Turn
from bot.arabic import normalise

_FILE = Path(__file__).with_name("lead_ins.yml")
_WORD = re.compile(r"[\w']+")
_CLITICS = re.compile(r"^[وف]?[بلك]?(?:ال|لل)?")
_THAT = re.compile(r"[:：\n]|(?<!\w)(?:[أإا]ن(?:ه|ها)?|بأن|بان|that)(?!\w)")
"""What often stands between the wish and the matter."""
_ENOUGH = 2


def details(turn: Turn, wish: str) -> str:
    """The words of a message that tell something; "" where they only say what is wanted."""
    text = _without_reference(turn)
    for mark in _THAT.finditer(text):
        if text[mark.end() :].strip() and not _told(text[: mark.start()], wish):
            rest = text[mark.end() :].strip(" \t\n:،,.-")
            return rest if _told(rest, wish) else ""
    return text if len(_told(text, wish)) >= _ENOUGH else ""


def _told(text: str, wish: str) -> list[str]:
    """The words that are not of the lists."""
    lead_ins = _lists()["all"] | _lists()[wish]
    return [word for word in _WORD.findall(normalise(text)) if not _bare(word) & lead_ins and not word.isdecimal()]


def _bare(word: str) -> set[str]:
    return {word, _CLITICS.sub("", word), word.removeprefix("و"), word.removeprefix("ال"), word.removeprefix("ل")}


def _without_reference(turn: Turn) -> str:
    """The text without the number of the case."""
    text = turn.text
    for entity in sorted(turn.entities, key=lambda found: -int(found.get("start", 0))):
        if entity["entity"] == "reference" and "start" in entity:
            text = f"{text[: entity['start']].rstrip()} {text[entity['end'] :]}"
    return re.sub(r"[ \t]+", " ", text).strip(" \t\n:،,.-")


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {wish: frozenset(normalise(str(word)) for word in words) for wish, words in raw.items()}

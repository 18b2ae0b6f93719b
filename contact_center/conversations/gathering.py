"""Several messages in a row that are one description: which belong together, and how long to wait for more. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from bot.arabic import find_references, normalise
from contact_center.channels.base import ChannelCode, InboundMessage, Media

FILE = Path(__file__).with_name("gathering.yml")
MOST_PAUSES = 5
"""However long somebody goes on, so many pauses after the first message it is answered."""
_NO_CLITICS = r"(?<!\w)[وف]?[بل]?(?:ال)?"


@dataclass(frozen=True)
class Told:
    """A message that waits, and when it came; `chosen`: it is a button, pressed or typed."""

    message: InboundMessage
    at: datetime
    chosen: bool = False


@dataclass(frozen=True)
class Gathered:
    """How many of the messages belong together, the first included, and when to answer them."""

    count: int
    answer_at: datetime


def is_telling(told: Told) -> bool:
    """Whether a message may be part of a description: words and files, and nothing that is to be answered at once."""
    message, text = told.message, told.message.text or ""
    shared = message.location or message.contact or message.unsupported or message.draft
    something_else = told.chosen or message.command or message.edits or shared
    if something_else or message.channel == ChannelCode.CALL_CENTER or not (text.strip() or message.media):
        return False
    if text.lstrip("\u200b\u200e\u200f\u2066\u2067 ").startswith(("/", "\uff0f")):
        return False
    return not (_is("command", text) or _danger().search(normalise(text)) or find_references(text))


def says_all(message: InboundMessage) -> bool:
    """Whether the person says that there is no more to come («خلاص», "that is all")."""
    return not message.media and _is("that is all", message.text or "")


def gather(waiting: Sequence[Told], pause: timedelta) -> Gathered:
    """What belongs to the first of the messages that wait, in the order in which they came.

    A message belongs to it that came within `pause` of the one before. Anything else that waits ends it at once.
    """
    last = first = waiting[0]
    count = 1
    if not is_telling(first) or says_all(first.message):
        return Gathered(1, first.at)
    for told in waiting[1:]:
        if told.at - last.at > pause:
            break
        if not is_telling(told):
            return Gathered(count, last.at)
        last, count = told, count + 1
        if says_all(told.message):
            return Gathered(count, told.at)
    return Gathered(count, min(last.at + pause, first.at + MOST_PAUSES * pause))


def as_one(messages: Sequence[InboundMessage]) -> InboundMessage:
    """One message with all their words, a line each, and files; what only says «خلاص» adds nothing."""
    if len(messages) == 1:
        return messages[0]
    texts = [message.text.strip() for message in messages if message.text and not says_all(message)]
    media: tuple[Media, ...] = tuple(part for message in messages for part in message.media)
    return messages[0].model_copy(update={"text": "\n".join(texts) or None, "media": media})


def _is(kind: str, text: str) -> bool:
    return normalise(text).strip(" .!،,؛:؟?") in _words()[kind]


@lru_cache(maxsize=1)
def _danger() -> re.Pattern[str]:
    return re.compile(f"{_NO_CLITICS}(?:{'|'.join(map(re.escape, _words()['danger']))})")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: frozenset(normalise(str(word)) for word in words) for kind, words in raw.items()}

"""Which language to answer in: that of the person, who may use a word of the other without meaning to change."""

import re

from actions.asides import asks
from actions.turn import Turn
from bot.arabic import normalise

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENOUGH_WORDS = 3
_SHORT = {"affirm", "deny", "skip", "done", "thank", "goodbye", "cancel"}
_OTHER = {"ar": "en", "en": "ar"}
_NAMES = {
    "ar": re.compile(r"عربي|arabic|3arabi|3rabi|araby"),
    "en": re.compile(r"انجليز|انقليز|انكليز|english|inglizi|ingleezi|\beng\b"),
}
_NEITHER = re.compile(r"اردو|اوردو|هندي|فلبيني|بنغالي|فارسي|urdu|hindi|tagalog|malayalam|bengali|farsi")
_REFUSED = re.compile(r"\b(?:no|not|don'?t|can'?t|ما|مو|مب|لا)\b")


def language_after(turn: Turn) -> str:
    """`ar` or `en`, after this message."""
    before = turn.slots.get("language")
    if turn.intent == "switch_language":
        return str(turn.metadata.get("language") or _asked_for(turn, before or "ar"))
    if turn.written_in is None or turn.is_command:
        return before or "ar"
    written = _written(turn)
    if before is None or written == before:
        return written
    return str(before) if _is_short_answer(turn) or _own_words(turn) < _ENOUGH_WORDS else written


def _is_short_answer(turn: Turn) -> bool:
    """A yes or no, thanks, a name, a place: everybody uses such words of the other language."""
    asked_for_names = turn.question in ("contact_name", "area", "address") and not (turn.interrupts or asks(turn))
    return asked_for_names or turn.intent in _SHORT


def _written(turn: Turn) -> str:
    return "en" if turn.written_in == "en" else "ar"


def _own_words(turn: Turn) -> int:
    """How many words there are besides the names of places and agencies."""
    text = turn.text
    for entity in sorted(turn.entities, key=lambda found: -int(found["start"])):
        text = f"{text[: entity['start']]} {text[entity['end'] :]}"
    return len(_WORD.findall(text))


def _asked_for(turn: Turn, before: str) -> str:
    """ "English please", «ما أعرف عربي»; the other one where none is named, English for who has neither."""
    text = normalise(turn.text)
    named = [language for language, names in _NAMES.items() if names.search(text)]
    if len(named) == 1:
        return _OTHER[named[0]] if _REFUSED.search(text) else named[0]
    if named:
        return _written(turn)
    return "en" if _NEITHER.search(text) else _OTHER[before]

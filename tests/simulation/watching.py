"""What must never be heard from the assistant, whatever the conversation: noted, with where it was heard."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from contact_center.agencies.catalogue import catalogue
from tests.e2e.lines import Heard

DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"
_LATIN = re.compile(r"[A-Za-z]{2,}")
_BRACES = re.compile(
    r"[{}]|\bNone\b(?! of these)|\bnull\b|\b(?:utter|say|word|line|button|action)_\w+|/(?:inform|affirm|deny|skip)\b"
)
_KNOWN_LATIN = {"whatsapp", "telegram", "sms", "cpr", "tawasul"}


class Watch:
    """Hears every reply; `findings` are sentences, none where all is well."""

    def __init__(self, english: bool) -> None:
        self.findings: list[str] = []
        self._english = english
        self._own_words: set[str] = set()
        self._last: str | None = None
        self._last_reply: list[str] = []

    def said(self, text: str) -> None:
        """What the person said: the assistant may show it to them."""
        self._own_words.update(word.lower() for word in _LATIN.findall(text))

    def heard(self, reply: list[Heard]) -> None:
        """A whole reply, all its messages."""
        shown = [f"{message.text}\n{' '.join(message.buttons)}" for message in reply]
        for message, words in zip(reply, shown, strict=True):
            if not message.text.strip():
                self.findings.append("an empty reply")
            if words == self._last:
                self.findings.append(f"said twice running: «{message.text}»")
            self._last = words
            self._look(words)
        if shown == self._last_reply:
            self.findings.append("the whole reply was that of before")
        self._last_reply = shown

    def _look(self, words: str) -> None:
        inner = [key for key in inner_names() if re.search(rf"(?<![\w.@-]){re.escape(key)}(?![\w@-])", words)]
        if found := [*inner, *_BRACES.findall(words)]:
            self.findings.append(f"a key is shown, {found}: «{words}»")
        foreign = {word.lower() for word in _LATIN.findall(words)} - _KNOWN_LATIN - self._own_words
        if foreign and not self._english:
            self.findings.append(f"English to an Arabic reader, {sorted(foreign)}: «{words}»")
        if self._english and (arabic := _arabic_beyond_names(words)):
            self.findings.append(f"Arabic to an English reader: «{arabic}»")


@lru_cache(maxsize=1)
def inner_names() -> frozenset[str]:
    """Slots, intents with an underscore, category and agency codes: words that mean nothing outside the program."""
    domain = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    written = {name for name in (*domain["slots"], *domain["intents"]) if "_" in name}
    codes = {code for code in (*catalogue().categories, *catalogue().agencies) if "." in code or "-" in code}
    return frozenset(written | codes)


def _arabic_beyond_names(words: str) -> str:
    """Arabic runs of three words and more: a name of a place or person may stand as it was written."""
    found = re.search(r"[\u0621-\u064a]+(?:\s+[\u0621-\u064a]+){4,}", words)
    return found[0] if found else ""

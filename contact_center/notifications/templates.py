"""The wordings of `templates.yml`, with those that administrators wrote in their place. Pure but for one query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import Template
from contact_center.notifications.models import MessageTemplate
from contact_center.notifications.notification import Notification

FILE = Path(__file__).with_name("templates.yml")
OUTSIDE = "whatsapp_outside"
CHANNELS = ("telegram", "whatsapp", OUTSIDE, "sms", "webchat")
LANGUAGES = ("ar", "en")
LONGEST_TEMPLATE = 1024
"""Characters of a template with everything filled in: WhatsApp's limit for its body."""

_PLACEHOLDER = re.compile(r"{(\w+)}")
_CUT_OFF = {"ar": "… (الباقي: بإرسال رقم الطلب هني)", "en": "… (for the rest, send the case's number here)"}
_NUMBERS = {"reference", "other"}
_SAMPLES: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "agency": "وزارة الأشغال", "reference": "26-0123-4567", "words": "تم ردم الحفرة وتسوية الشارع.",
        "date": "الأحد 29 نوفمبر 2026", "other": "26-7654-3210", "outcome": "قيد الدراسة",
        "praised": "فاطمة حسن",
    },
    "en": {
        "agency": "Ministry of Works", "reference": "26-0123-4567", "words": "The hole is filled and the road level.",
        "date": "Sunday 29 November 2026", "other": "26-7654-3210", "outcome": "under study",
        "praised": "Fatima Hasan",
    },
}  # fmt: skip
"""What WhatsApp is shown when it is asked to approve a template."""

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Wordings:
    """All wordings as they stand: `own` are the administrators', by event, audience, channel and language."""

    own: Mapping[Key, MessageTemplate]

    def text(self, event: str, audience: str, channel: str, language: str) -> str:
        """The wording with its placeholders. Raises `KeyError` for what is told nobody."""
        own = self.own.get((event, audience, channel, language))
        if own is not None and own.text:
            return own.text
        text: str = shipped()["events"][event][audience][language]
        frame = shipped()["frames"].get(channel)
        return str(frame[language]).replace("{text}", text) if frame else text

    def worded(self, notification: Notification, channel: str) -> str:
        """What a person reads on a channel."""
        text = self.text(notification.event, notification.audience, channel, notification.language)
        return _filled(text, _read_aright(notification))

    def template(self, notification: Notification) -> Template:
        """The template that says the same outside WhatsApp's 24 hours, and what fills it in."""
        event, audience, language = notification.event, notification.audience, notification.language
        own = self.own.get((event, audience, OUTSIDE, language))
        text = self.text(event, audience, OUTSIDE, language)
        values = {name: " ".join(value.split()) for name, value in _read_aright(notification).items()}
        return Template(
            name=_name(event, audience, language, text),
            language=language,
            body=_numbered(text),
            samples=_in_order(text, _SAMPLES[language]),
            variables=_in_order(text, _cut_to_fit(text, values, language)),
            sid=own.content_sid if own else None,
        )


async def wordings(session: AsyncSession) -> Wordings:
    """The wordings as the database has them. One query."""
    rows = await session.scalars(select(MessageTemplate))
    return Wordings({(row.event, row.audience, row.channel, row.language): row for row in rows})


async def templates(session: AsyncSession) -> list[Template]:
    """All templates that WhatsApp is to approve, as they are shown to it. One query."""
    words = await wordings(session)
    pairs = [(event, audience, language) for event, audience in told() for language in LANGUAGES]
    return [words.template(Notification(event, who, _SAMPLES[language], language)) for event, who, language in pairs]


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """`templates.yml`: `frames` by channel and language, `events` by event, audience and language."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def told() -> list[tuple[str, str]]:
    """Every event with every audience that hears of it."""
    return [(event, audience) for event, audiences in shipped()["events"].items() for audience in audiences]


def placeholders(text: str) -> list[str]:
    """The names of a wording's placeholders, each once, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Only what is in braces is replaced: an agency's words may hold braces of their own."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _read_aright(notification: Notification) -> Mapping[str, str]:
    """The values, with numbers of cases set apart from Arabic words: there they would be read backwards."""
    values = notification.values
    if notification.language != "ar":
        return values
    return {name: f"\u2066{value}\u2069" if name in _NUMBERS and value else value for name, value in values.items()}


def _numbered(text: str) -> str:
    numbers = {name: "{{" + str(number) + "}}" for number, name in enumerate(placeholders(text), start=1)}
    return _filled(text, numbers)


def _in_order(text: str, values: Mapping[str, str]) -> dict[str, str]:
    return {str(number): values[name] or "-" for number, name in enumerate(placeholders(text), start=1)}


def _cut_to_fit(text: str, values: Mapping[str, str], language: str) -> Mapping[str, str]:
    """The values with the agency's words shortened where all together would be too long for a template."""
    too_many = len(_filled(text, values)) - LONGEST_TEMPLATE
    if too_many <= 0:
        return values
    kept = values["words"][: len(values["words"]) - too_many - len(_CUT_OFF[language])]
    return {**values, "words": kept.rstrip() + _CUT_OFF[language]}


def _name(event: str, audience: str, language: str, text: str) -> str:
    """The template's name at WhatsApp: small letters, digits and `_`. Another wording has another name: it is approved
    anew, and the one before stays in use for what is on its way."""
    return f"tawasul_{event}_{audience}_{language}_{sha256(text.encode()).hexdigest()[:8]}"

"""Commands of a channel's menu (`/status 26-1234-5678`) and what its links open, as payloads. Pure."""

import json
import re

from bot.arabic import find_references, normalise
from contact_center.channels.base import InboundMessage

GREET = "/greet"
STATUS = "/check_status"
LANGUAGE = "/switch_language"
_PAYLOADS = {"start": GREET, "help": "/ask_help", "status": STATUS, "cancel": "/cancel", "language": LANGUAGE}
_OPENED = {
    "complaint": "/report_complaint",
    "suggestion": "/make_suggestion",
    "inquiry": "/make_inquiry",
    "compliment": "/give_compliment",
    "status": STATUS,
    "cases": "/list_my_cases",
    "help": "/ask_help",
    "language": LANGUAGE,
}
"""What `start=…` in a link opens; after an underscore what the command of the same name takes."""
_LANGUAGES = {"ar": re.compile(r"ar|عرب"), "en": re.compile(r"en|انجل|انقل|انكل")}


def payload_of(message: InboundMessage) -> str | None:
    """The payload that a command stands for; None for a message that is no command."""
    if message.command is None:
        return None
    name, argument = _meant(message)
    payload = _OPENED.get(name, GREET) if message.command == "start" else _PAYLOADS.get(message.command, GREET)
    references = find_references(argument) if payload == STATUS else []
    return STATUS + json.dumps({"reference": references[0].value}) if references else payload


def language_of(message: InboundMessage) -> str | None:
    """The language that a command names, if it is about that."""
    if message.command is None or payload_of(message) != LANGUAGE:
        return None
    named = normalise(_meant(message)[1]).strip()
    return next((language for language, begins in _LANGUAGES.items() if begins.match(named.removeprefix("ال"))), None)


def _meant(message: InboundMessage) -> tuple[str, str]:
    """What is opened, and what it is told."""
    argument = (message.argument or "").strip()
    if message.command != "start":
        return message.command or "", argument
    name, _, rest = argument.partition("_")
    return name.lower(), rest.replace("_", " ")

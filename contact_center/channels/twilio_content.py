"""WhatsApp's buttons: content templates, one for each shape of message, filled in when sent.

Within 24 hours of the person's last message a template needs no approval. Limits and what may be a variable:
https://www.twilio.com/docs/content/twilio-quick-reply and …/twiliolist-picker. A variable may be neither empty nor
hold a line break (https://www.twilio.com/docs/api/errors/21656), so the lines of a text are part of the shape.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import structlog

from contact_center.channels.base import Button, SendError
from contact_center.channels.text import numbered, shorten, utf16_units
from contact_center.channels.twilio_client import TwilioClient

MAX_BODY = 1024
QUICK_REPLIES, QUICK_REPLY_UNITS = 3, 20
LIST_ITEMS, LIST_ITEM_UNITS = 10, 24
MAX_LINES = 60
"""100 variables may be had; ten buttons take twenty."""

_ARABIC = re.compile(r"[؀-ۿ]")

log = structlog.get_logger()


@dataclass(frozen=True)
class Interactive:
    """A message with buttons: the template that it needs, and what fills it in."""

    definition: dict[str, object]
    variables: dict[str, str]

    @property
    def name(self) -> str:
        """The template's name at Twilio: the same for the same shape, in every process."""
        shape = json.dumps(self.definition, sort_keys=True, ensure_ascii=False)
        return f"tawasul_{sha256(shape.encode()).hexdigest()[:20]}"


def with_labels(text: str, buttons: Sequence[Button]) -> tuple[str, list[str]]:
    """The text, and labels that fit the buttons.

    Where a title has to be shortened, all are numbered, and the whole titles stand in the text under the same numbers.
    """
    limit = QUICK_REPLY_UNITS if len(buttons) <= QUICK_REPLIES else LIST_ITEM_UNITS
    titles = [button.title.strip() for button in buttons]
    if all(utf16_units(title) <= limit for title in titles) and len(set(titles)) == len(titles):
        return text, titles
    labels = [shorten(f"{number}. {title}", limit) for number, title in enumerate(titles, start=1)]
    return numbered(text, titles), labels


def interactive(body: str, labels: Sequence[str], buttons: Sequence[Button]) -> Interactive | None:
    """The message with its buttons; None where WhatsApp cannot show it so."""
    lines = [" ".join(line.split()) for line in body.split("\n")]
    if not any(lines) or len(lines) > MAX_LINES or not 1 <= len(buttons) <= LIST_ITEMS:
        return None
    variables: dict[str, str] = {}

    def variable(value: str) -> str:
        key = str(len(variables) + 1)
        variables[key] = value
        return "{{" + key + "}}"

    template = "\n".join(variable(line) if line else "" for line in lines).strip("\n")
    keys = [(variable(label), variable(button.token)) for label, button in zip(labels, buttons, strict=True)]
    definition: dict[str, object] = {
        "language": "ar",
        "variables": dict.fromkeys(variables, "نص"),
        "types": _quick_reply(template, keys) if len(keys) <= QUICK_REPLIES else _list_picker(template, keys, body),
    }
    return Interactive(definition, variables)


def _quick_reply(body: str, keys: list[tuple[str, str]]) -> dict[str, object]:
    actions = [{"type": "QUICK_REPLY", "title": title, "id": token} for title, token in keys]
    return {"twilio/quick-reply": {"body": body, "actions": actions}}


def _list_picker(template: str, keys: list[tuple[str, str]], body: str) -> dict[str, object]:
    items = [{"item": title, "id": token} for title, token in keys]
    button = "اختر من القائمة" if _ARABIC.search(body) else "Choose"
    return {"twilio/list-picker": {"body": template, "button": button, "items": items}}


class Templates:
    """The account's templates of ours, each made once and found again after a restart."""

    def __init__(self, client: TwilioClient) -> None:
        self._client = client
        self._sids: dict[str, str] = {}
        self._listed = False
        self._lock = asyncio.Lock()

    async def sid_of(self, message: Interactive) -> str:
        """The SID of the template for this message's shape. Raises a `SendError`."""
        if message.name in self._sids:
            return self._sids[message.name]
        async with self._lock:
            return await self._found_or_made(message)

    def forget(self) -> None:
        """Ask Twilio again: a template that we know of is gone."""
        self._sids, self._listed = {}, False

    async def _found_or_made(self, message: Interactive) -> str:
        if not self._listed:
            self._sids |= await self._known()
            self._listed = True
        if message.name not in self._sids:
            definition = {"friendly_name": message.name, **message.definition}
            self._sids[message.name] = await self._client.create_content(definition)
            log.info("template_made", name=message.name, sid=self._sids[message.name])
        return self._sids[message.name]

    async def _known(self) -> dict[str, str]:
        try:
            return await self._client.content_sids()
        except SendError as error:  # it only saves us from making one twice
            log.warning("templates_not_listed", code=error.code, reason=str(error))
            return {}

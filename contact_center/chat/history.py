"""Both sides of a web chat as its page shows them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.conversations.lines import as_line, as_lines
from contact_center.conversations.models import InboxMessage, OutboxMessage
from contact_center.conversations.queries import FROM_THE_PERSON

LIMIT = 200
"""Lines that a page loaded again shows."""
_TOKEN = re.compile(r"b([0-9]{1,18})\.[0-9]{1,2}")


async def both_sides(session: AsyncSession, conversation_id: UUID) -> list[dict[str, Any]]:
    """The newest `LIMIT` lines, oldest first; `at` is ISO 8601 in UTC.

    Ours: as in the event stream. The citizen's: `{"role": "citizen", "at", "key", "text", "button": {"title",
    "payload"}, "media": [{"id", "kind", "media_type", "filename"}], "location": {"lat", "lon"}}`, null where not
    given; `key` is the message's `Idempotency-Key`.
    """
    theirs = await session.scalars(
        select(InboxMessage)
        .where(InboxMessage.conversation_id == conversation_id, FROM_THE_PERSON)
        .order_by(InboxMessage.received_at.desc())
        .limit(LIMIT)
    )
    ours = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.conversation_id == conversation_id)
        .order_by(OutboxMessage.id.desc())
        .limit(LIMIT)
    )
    received, sent = theirs.all(), ours.all()
    titles = await _titles(session, conversation_id, received)
    lines = await as_events(session, sent)
    timed = [(message.created_at, message.id, line) for message, line in zip(sent, lines, strict=True)]
    timed += [(message.received_at, 0, _citizen_line(message, titles)) for message in received]
    timed.sort(key=lambda entry: entry[:2])
    return [line for _at, _id, line in timed[-LIMIT:]]


async def as_events(session: AsyncSession, messages: Sequence[OutboxMessage]) -> list[dict[str, Any]]:
    """Lines of ours as the event stream and the history give them, with the moment each was said."""
    lines = zip(messages, await as_lines(session, messages), strict=True)
    return [line | {"at": message.created_at.isoformat()} for message, line in lines]


async def _titles(session: AsyncSession, conversation_id: UUID, received: Iterable[InboxMessage]) -> dict[str, str]:
    """What stood on each button that was pressed, by its token."""
    pressed = {message.content["button"] for message in received if message.content.get("button")}
    asked = {int(match[1]) for token in pressed if (match := _TOKEN.fullmatch(token))}
    if not asked:
        return {}
    questions = await session.scalars(
        select(OutboxMessage).where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.id.in_(asked))
    )
    return {button["payload"]: button["title"] for question in questions for button in as_line(question)["buttons"]}


def _citizen_line(message: InboxMessage, titles: dict[str, str]) -> dict[str, Any]:
    content = message.content
    token = content.get("button")
    return {
        "role": "citizen",
        "at": message.received_at.isoformat(),
        "key": message.provider_id.partition(":")[2],
        "text": content.get("text"),
        "button": {"title": titles.get(token), "payload": token} if token else None,
        "media": [_file(part) for part in content.get("media", [])],
        "location": content.get("location"),
    }


def _file(part: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": part.get("attachment_id"),
        "kind": part["kind"],
        "media_type": part.get("media_type"),
        "filename": part.get("filename"),
    }

"""Both sides of a conversation as staff read them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.conversations.buttons import token
from contact_center.conversations.models import InboxMessage, OutboxMessage
from contact_center.conversations.outbox import CODE

_TOKEN = re.compile(r"b(\d{1,18})\.\d{1,2}")


@dataclass(frozen=True)
class Line:
    """One thing said. `id`: stable, unique in its conversation; `parts`: what came besides words, as codes."""

    id: str
    at: datetime
    role: str
    """`citizen`, `assistant`, `agent`, `agency` or `system`."""
    text: str
    parts: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    """Title and token of each quick reply."""
    fields: tuple[str, ...] = ()
    """Fields of the form that the agent set by hand."""
    expects: str | None = None
    files: tuple[str, ...] = ()
    """What came or went with it: ids of attachments, or their source keys."""
    status: str | None = None
    """How far what we said has come, as the outbox has it."""
    held_until: datetime | None = None


async def transcript(
    session: AsyncSession,
    conversation_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 400,
) -> list[Line]:
    """The newest `limit` lines after `since` and up to `until` (aware; None: no bound), oldest first."""
    said = await _newest(session, InboxMessage, InboxMessage.received_at, conversation_id, since, until, limit)
    said = [message for message in said if "notice" not in message.content]
    told = await _newest(session, OutboxMessage, OutboxMessage.created_at, conversation_id, since, until, limit)
    told = [message for message in told if message.role != CODE]  # a secret between us and a phone
    titles = {pressed: title for message in told for title, pressed in _buttons(message)}
    titles |= await _older_titles(session, conversation_id, said, titles)
    lines = [_said(message, titles) for message in said] + [_told(message) for message in told]
    return sorted(lines, key=lambda line: line.at)[-limit:]


async def _newest(
    session: AsyncSession,
    table: Any,
    moment: Any,
    conversation_id: UUID,
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> Sequence[Any]:
    rows = select(table).where(table.conversation_id == conversation_id).order_by(moment.desc()).limit(limit)
    if since:
        rows = rows.where(moment > since)
    if until:
        rows = rows.where(moment <= until)
    return list(await session.scalars(rows))


async def _older_titles(
    session: AsyncSession, conversation_id: UUID, said: Sequence[InboxMessage], known: Mapping[str, str]
) -> dict[str, str]:
    """The titles of buttons that were pressed later than the lines that were read reach back."""
    pressed = {message.content.get("button") for message in said} - set(known)
    ids = {int(match[1]) for each in pressed if each and (match := _TOKEN.fullmatch(each))}
    if not ids:
        return {}
    theirs = (OutboxMessage.conversation_id == conversation_id, OutboxMessage.id.in_(ids))
    messages = await session.scalars(select(OutboxMessage).where(*theirs))
    return {pressed: title for message in messages for title, pressed in _buttons(message)}


def _said(message: InboxMessage, titles: Mapping[str, str]) -> Line:
    content = message.content
    text = titles.get(content.get("button") or "", "") or content.get("text") or ""
    return Line(
        id=message.provider_id.rpartition(":")[2],
        at=message.received_at,
        role="agent" if content.get("draft") is not None else "citizen",
        text=text,
        parts=tuple(_parts(content)),
        fields=tuple(content.get("draft") or ()),
        files=tuple(_files(message)),
    )


def _files(message: InboxMessage) -> list[str]:
    """As `conversations.inbound_files` keeps them."""
    media = message.content.get("media") or ()
    return [each.get("attachment_id") or f"{message.id}:{index}" for index, each in enumerate(media)]


def _parts(content: Mapping[str, Any]) -> list[str]:
    """Codes with texts under `part.` in the words."""
    parts = [media["kind"] for media in content.get("media") or ()]
    parts += [part for part in ("location", "contact", "unsupported") if content.get(part)]
    return [*parts, "edited"] if content.get("edits") else parts


def _told(message: OutboxMessage) -> Line:
    return Line(
        id=str(message.id),
        at=message.created_at,
        role=message.role,
        text=message.text,
        parts=("files",) if message.attachments else (),
        buttons=tuple(_buttons(message)),
        expects=message.expects,
        files=tuple(message.attachments),
        status=message.status,
        held_until=message.send_after,
    )


def _buttons(message: OutboxMessage) -> list[tuple[str, str]]:
    return [(button["title"], token(message.id, index)) for index, button in enumerate(message.buttons)]

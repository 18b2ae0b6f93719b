"""Reads of conversations and their messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import InboundMessage
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage

_LONGEST_REPLY = 6
FROM_THE_PERSON = ~InboxMessage.content.has_key("notice")
"""Of the inbox: what came from a person, not from the service itself."""
SAID_BY_THE_PERSON = FROM_THE_PERSON & ~InboxMessage.content.has_key("draft")
"""Of that: without what an agent set in the form."""


async def earlier_text(session: AsyncSession, message: InboundMessage) -> str | None:
    """How an edited message read before: the newest version that came earlier, None if we never had it."""
    statement = (
        select(InboxMessage.content["text"].astext)
        .where(
            InboxMessage.channel == message.channel.value,
            InboxMessage.provider_id != message.provider_id,
            (InboxMessage.content["message_id"].astext == message.edits) | (InboxMessage.provider_id == message.edits),
        )
        .order_by(InboxMessage.received_at.desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def assistant_lines(session: AsyncSession, conversation_id: UUID, after: int = 0) -> Sequence[OutboxMessage]:
    """What was said to the person, oldest first, after the message with id `after`."""
    statement = (
        select(OutboxMessage)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.id > after)
        .order_by(OutboxMessage.id)
    )
    return (await session.execute(statement)).scalars().all()


async def went_out(session: AsyncSession, conversation_id: UUID, attachment_id: UUID) -> bool:
    """Whether a file was sent to the person in this conversation."""
    with_it = (
        OutboxMessage.conversation_id == conversation_id,
        OutboxMessage.attachments.contains([str(attachment_id)]),
    )
    return await session.scalar(select(OutboxMessage.id).where(*with_it).limit(1)) is not None


async def was_said(session: AsyncSession, dedupe_key: str) -> bool:
    """Whether there is a message with this key."""
    return await session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == dedupe_key)) is not None


async def last_said(session: AsyncSession, conversation_id: UUID) -> frozenset[str]:
    """The texts of the last reply to the person: all that answers the same message as the newest line."""
    newest = (
        select(OutboxMessage.id, OutboxMessage.inbox_id, OutboxMessage.text)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.send_after.is_(None))
        .order_by(OutboxMessage.id.desc())
        .limit(_LONGEST_REPLY)
    )
    rows = (await session.execute(newest)).all()
    return frozenset(row.text for row in rows if row is rows[0] or (row.inbox_id and row.inbox_id == rows[0].inbox_id))


@dataclass(frozen=True)
class Line:
    """One line of a conversation as staff see it."""

    at: datetime
    role: str
    content: dict[str, Any]


async def transcript(session: AsyncSession, conversation_id: UUID, limit: int = 200) -> list[Line]:
    """The newest `limit` lines of both sides, oldest first."""
    inbound = select(
        InboxMessage.received_at.label("at"), literal("citizen").label("role"), InboxMessage.content.label("content")
    ).where(InboxMessage.conversation_id == conversation_id, FROM_THE_PERSON)
    outbound = select(
        OutboxMessage.created_at.label("at"),
        OutboxMessage.role.label("role"),
        _outbound_content().label("content"),
    ).where(OutboxMessage.conversation_id == conversation_id)
    both = union_all(inbound, outbound).subquery()
    rows = await session.execute(select(both).order_by(both.c.at.desc()).limit(limit))
    return [Line(row.at, row.role, row.content) for row in reversed(rows.all())]


def _outbound_content() -> Any:
    return func.jsonb_build_object("text", OutboxMessage.text, "buttons", OutboxMessage.buttons)


async def conversation_at(session: AsyncSession, channel: str, address: str) -> Conversation | None:
    """The conversation with an address: a chat id, a phone in E.164, or a conversation id."""
    statement = select(Conversation).where(Conversation.channel == channel, Conversation.address == address)
    return (await session.execute(statement)).scalar_one_or_none()


async def failed_messages(session: AsyncSession, limit: int = 100) -> Sequence[InboxMessage]:
    """Messages that were set aside, newest first."""
    statement = (
        select(InboxMessage)
        .where(InboxMessage.status == "failed")
        .order_by(InboxMessage.received_at.desc())
        .limit(limit)
    )
    return (await session.execute(statement)).scalars().all()

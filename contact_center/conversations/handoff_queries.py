"""Reads: who waits for a human being, and who has been forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.citizens.models import ChannelIdentity
from contact_center.conversations.models import Conversation, Handoff, InboxMessage, OutboxMessage
from contact_center.conversations.queries import SAID_BY_THE_PERSON


async def open_handoff(session: AsyncSession, conversation_id: UUID) -> Handoff | None:
    """The wish of a conversation that is waiting or being served; ours until the transaction ends."""
    statement = select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.status != "ended")
    return (await session.execute(statement.with_for_update())).scalar_one_or_none()


async def open_one(session: AsyncSession, conversation_id: UUID) -> Handoff | None:
    """The same, only to be looked at."""
    found = select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.status != "ended")
    return await session.scalar(found)


async def waiting(session: AsyncSession, limit: int = 200) -> Sequence[Row[Handoff, Conversation]]:
    """Those who wait, longest first."""
    statement = (
        select(Handoff, Conversation)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.status == "waiting")
        .order_by(Handoff.requested_at)
        .limit(limit)
    )
    return (await session.execute(statement)).all()


@dataclass(frozen=True)
class OpenOne:
    """Somebody who waits or is served. `name`: as their channel has it; `words`: what they wrote last, if anything."""

    handoff: Handoff
    conversation: Conversation
    name: str | None
    words: str | None


async def open_ones(session: AsyncSession, agent: str, language: str = "", limit: int = 100) -> Sequence[OpenOne]:
    """Who waits and who is served: whom `agent` (a username) serves, who waits, whom others serve; of each the longest
    wait first. `language`: only those with it. One query."""
    words = (
        select(InboxMessage.content["text"].astext)
        .where(InboxMessage.conversation_id == Handoff.conversation_id, SAID_BY_THE_PERSON)
        .order_by(InboxMessage.received_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        select(Handoff, Conversation, ChannelIdentity.profile_name, words)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(Handoff.status != "ended")
        .order_by(
            case((Handoff.agent == agent, 0), (Handoff.status == "waiting", 1), else_=2),
            Handoff.requested_at,
            Handoff.id,
        )
        .limit(limit)
    )
    if language:
        statement = statement.where(Handoff.language == language)
    return [OpenOne(*row) for row in await session.execute(statement)]


async def ahead_of(session: AsyncSession, handoff: Handoff) -> int:
    """How many have waited longer."""
    earlier = (Handoff.status == "waiting", Handoff.requested_at < handoff.requested_at)
    return await session.scalar(select(func.count()).select_from(Handoff).where(*earlier)) or 0


async def longest_waiting(session: AsyncSession, languages: Collection[str]) -> UUID | None:
    """The conversation of whoever has waited longest of those with one of these languages, held until the transaction
    ends; who is being dealt with by somebody else is passed over."""
    statement = (
        select(Conversation.id)
        .join(Handoff, Handoff.conversation_id == Conversation.id)
        .where(Handoff.status == "waiting", Handoff.language.in_(languages))
        .order_by(Handoff.requested_at, Handoff.id)
        .limit(1)
        .with_for_update(of=(Handoff, Conversation), key_share=True, skip_locked=True)
    )
    return await session.scalar(statement)


async def how_many_wait(session: AsyncSession, language: str = "") -> int:
    """How many wait for a human being; `language`: only those with it."""
    waiting_ones = select(func.count()).select_from(Handoff).where(Handoff.status == "waiting")
    if language:
        waiting_ones = waiting_ones.where(Handoff.language == language)
    return await session.scalar(waiting_ones) or 0


async def unanswered_since(session: AsyncSession, moment: datetime) -> Sequence[Row[Handoff, Conversation]]:
    """Conversations whose agent owes an answer since before `moment` (aware), for this transaction alone to deal with.

    It is owed from the taking over until the first word, then from the person's first message after the last one.
    """
    spoke = (
        select(func.max(OutboxMessage.created_at))
        .where(
            OutboxMessage.conversation_id == Handoff.conversation_id,
            OutboxMessage.role == "agent",
            OutboxMessage.created_at >= Handoff.taken_at,
        )
        .scalar_subquery()
    )
    asked = (
        select(func.min(InboxMessage.received_at))
        .where(InboxMessage.conversation_id == Handoff.conversation_id, InboxMessage.received_at > spoke)
        .where(SAID_BY_THE_PERSON)
        .scalar_subquery()
    )
    owed_since = case((spoke.is_(None), Handoff.taken_at), else_=asked)
    statement = (
        select(Handoff, Conversation)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.status == "active", owed_since < moment)
        .with_for_update(of=(Handoff, Conversation), key_share=True, skip_locked=True)
    )
    return (await session.execute(statement)).all()

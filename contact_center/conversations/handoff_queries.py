"""Reads: who waits for a human being, and who has been forgotten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.conversations.models import Conversation, Handoff, InboxMessage, OutboxMessage


async def open_handoff(session: AsyncSession, conversation_id: UUID) -> Handoff | None:
    """The wish of a conversation that is waiting or being served; ours until the transaction ends."""
    statement = select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.status != "ended")
    return (await session.execute(statement.with_for_update())).scalar_one_or_none()


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


async def ahead_of(session: AsyncSession, handoff: Handoff) -> int:
    """How many have waited longer."""
    earlier = (Handoff.status == "waiting", Handoff.requested_at < handoff.requested_at)
    return await session.scalar(select(func.count()).select_from(Handoff).where(*earlier)) or 0


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

"""Reads: who waits, what was called before, and where agents are rung."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode
from contact_center.clock import now
from contact_center.conversations.models import Conversation
from contact_center.telephone.models import AgentLine, PhoneCall
from contact_center.telephone.outcomes import Outcome

REMEMBERED = timedelta(days=30)
"""For so long an agent is told that somebody was abusive."""


async def waiting(session: AsyncSession, limit: int = 100) -> Sequence[PhoneCall]:
    """Who waits for an agent, longest first."""
    there = select(PhoneCall).where(PhoneCall.state == "waiting").order_by(PhoneCall.waiting_since, PhoneCall.id)
    return list(await session.scalars(there.limit(limit)))


async def how_many_wait(session: AsyncSession) -> int:
    """How many wait for an agent."""
    return await session.scalar(select(func.count()).select_from(PhoneCall).where(PhoneCall.state == "waiting")) or 0


async def ahead_of(session: AsyncSession, call: PhoneCall) -> int:
    """How many have waited longer than one who waits."""
    if call.waiting_since is None:
        return 0
    earlier = (PhoneCall.state == "waiting", PhoneCall.waiting_since < call.waiting_since)
    return await session.scalar(select(func.count()).select_from(PhoneCall).where(*earlier)) or 0


async def call_of(session: AsyncSession, conversation_id: UUID) -> PhoneCall | None:
    """The telephone call that a conversation is; None for one that another telephone system began."""
    return await session.scalar(select(PhoneCall).where(PhoneCall.conversation_id == conversation_id))


async def log(session: AsyncSession, before: tuple[datetime, UUID] | None, limit: int) -> Sequence[PhoneCall]:
    """Calls, the newest first; `before`: when the last one of the page before began, and its id."""
    newest = select(PhoneCall).order_by(PhoneCall.began_at.desc(), PhoneCall.id.desc())
    if before is not None:
        newest = newest.where(tuple_(PhoneCall.began_at, PhoneCall.id) < before)
    return list(await session.scalars(newest.limit(limit)))


async def abuse_by(session: AsyncSession, phones: Collection[str]) -> dict[str, int]:
    """How often each of these numbers was abusive lately; without those that never were. At most one query."""
    if not phones:
        return {}
    abusive = (PhoneCall.phone.in_(phones), PhoneCall.outcome == Outcome.ABUSIVE)
    recent = select(PhoneCall.phone, func.count()).where(*abusive, PhoneCall.began_at > now() - REMEMBERED)
    counted = await session.execute(recent.group_by(PhoneCall.phone))
    return {phone: count for phone, count in counted if phone is not None}


async def line_of(session: AsyncSession, username: str) -> str | None:
    """Where an agent is rung, None where they have not said."""
    return await session.scalar(select(AgentLine.address).where(AgentLine.username == username))


async def language_of(session: AsyncSession, phone: str | None) -> str:
    """The language in which a caller last wrote to us or called; Arabic where neither is known."""
    if phone is None:
        return "ar"
    wrote = select(Conversation.language, Conversation.last_inbound_at.label("at")).where(
        Conversation.channel.in_([ChannelCode.WHATSAPP.value, ChannelCode.SMS.value]),
        Conversation.address == phone,
        Conversation.last_inbound_at.is_not(None),
    )
    called = select(PhoneCall.language, PhoneCall.began_at.label("at")).where(PhoneCall.phone == phone)
    both = wrote.union_all(called).subquery()
    return await session.scalar(select(both.c.language).order_by(both.c.at.desc()).limit(1)) or "ar"

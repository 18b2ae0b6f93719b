"""Reads: what is known of whoever calls from a number. It can be forged: this is for the agent, not for the caller."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case
from contact_center.citizens.models import ChannelIdentity, Citizen
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.conversations.queries import FROM_THE_PERSON


@dataclass(frozen=True)
class Wrote:
    """A conversation on another channel. `at`: their last message; `words`: what it said, None where it had no words.

    `mode`: `assistant` or `agent`, who answers there.
    """

    channel: str
    at: datetime
    words: str | None
    mode: str


async def names_of(session: AsyncSession, phones: Collection[str]) -> dict[str, str]:
    """What the holders of these numbers (E.164) are called: as they last filed, else as a channel has it.

    Whoever is not known is missing. At most one query.
    """
    if not phones:
        return {}
    filed = select(
        Case.contact_phone.label("phone"),
        Case.contact_name.label("name"),
        literal(0).label("rank"),
        Case.created_at.label("at"),
    ).where(Case.contact_phone.in_(phones), Case.contact_name.is_not(None))
    wrote = (
        select(
            ChannelIdentity.verified_phone.label("phone"),
            func.coalesce(ChannelIdentity.profile_name, Citizen.name).label("name"),
            literal(1).label("rank"),
            Citizen.created_at.label("at"),
        )
        .join(Citizen, Citizen.id == ChannelIdentity.citizen_id)
        .where(ChannelIdentity.verified_phone.in_(phones))
    )
    known = union_all(filed, wrote).subquery()
    best_first = aggregate_order_by(known.c.name, known.c.rank, known.c.at.desc())
    best = select(known.c.phone, func.array_agg(best_first)[1].label("name")).where(known.c.name.is_not(None))
    return {row.phone: row.name for row in await session.execute(best.group_by(known.c.phone))}


async def wrote_since(session: AsyncSession, phone: str | None, since: datetime, limit: int = 5) -> Sequence[Wrote]:
    """Where the holder of a number wrote since then (aware), the newest first."""
    if phone is None:
        return []
    words = (
        select(InboxMessage.content["text"].astext)
        .where(InboxMessage.conversation_id == Conversation.id, FROM_THE_PERSON)
        .order_by(InboxMessage.received_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    theirs = (
        select(Conversation.channel, Conversation.last_inbound_at, words, Conversation.mode)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(ChannelIdentity.verified_phone == phone, Conversation.last_inbound_at >= since)
        .where(Conversation.caller_phone.is_(None))
        .order_by(Conversation.last_inbound_at.desc())
        .limit(limit)
    )
    return [Wrote(*row) for row in await session.execute(theirs)]

"""Which stored messages make up one turn (see `gathering`)."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import InboundMessage
from contact_center.clock import now
from contact_center.conversations import buttons, gathering
from contact_center.conversations.gathering import Told
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.conversations.subscription import change_wanted


async def settle(
    session: AsyncSession, conversation: Conversation, first: InboxMessage, pause: timedelta
) -> Sequence[InboxMessage] | float:
    """The messages that belong to `first`, from now on for good; or the seconds to wait for more of them."""
    waiting = await _waiting(session, first)
    offered = await buttons.open_buttons(session, conversation)
    told = [_told(row, offered) for row in waiting]
    gathered = gathering.gather(told, pause)
    remaining = (gathered.answer_at - now()).total_seconds()
    if remaining > 0:
        return remaining
    for row in waiting[: gathered.count]:
        row.gathered_into = first.id
    return waiting[: gathered.count]


async def settled(session: AsyncSession, first: InboxMessage) -> Sequence[InboxMessage]:
    """The messages that were found to belong to `first` at an earlier try."""
    theirs = select(InboxMessage).where(InboxMessage.gathered_into == first.id)
    return (await session.scalars(theirs.order_by(InboxMessage.received_at, InboxMessage.id))).all()


async def end(session: AsyncSession, first: InboxMessage, rows: Sequence[InboxMessage]) -> None:
    """Give the other messages of a turn, `rows`, the end that its first one has."""
    others = [row.id for row in rows if row.id != first.id]
    if others:
        ended = {"status": first.status, "error": first.error, "processed_at": first.processed_at}
        await session.execute(update(InboxMessage).where(InboxMessage.id.in_(others)).values(**ended))


def as_one(rows: Sequence[InboxMessage]) -> InboundMessage:
    """What the messages say together."""
    return gathering.as_one([InboundMessage.model_validate(row.content) for row in rows])


async def _waiting(session: AsyncSession, first: InboxMessage) -> Sequence[InboxMessage]:
    """`first` and what waits behind it, in the order in which it came; held until the transaction ends."""
    return (await session.scalars(_behind(first).with_for_update(key_share=True))).all()


def _behind(first: InboxMessage) -> Select[InboxMessage]:
    later = InboxMessage.received_at > first.received_at, InboxMessage.status == "received"
    return (
        select(InboxMessage)
        .where(InboxMessage.conversation_id == first.conversation_id)
        .where(or_(InboxMessage.id == first.id, later[0] & later[1]))
        .order_by(InboxMessage.received_at, InboxMessage.id)
    )


def _told(row: InboxMessage, offered: buttons.OpenButtons | None) -> Told:
    message = InboundMessage.model_validate(row.content)
    typed = offered.typed(message.text) if offered and message.text and not message.media else None
    return Told(message, row.received_at, chosen=bool(message.button or typed or change_wanted(message)))

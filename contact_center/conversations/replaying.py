"""Messages that were given up on, of both directions, and giving them another chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.conversations.outbox import send_off
from contact_center.conversations.queries import failed_messages
from contact_center.errors import Conflict, InvalidInput, NotFound


@dataclass(frozen=True)
class GivenUp:
    """A failed message without its words; `id` is a UUID for an inbound one, a number for an outbound one."""

    id: str
    direction: str
    channel: str
    at: datetime
    attempts: int
    error: str | None


async def given_up(session: AsyncSession, limit: int = 100) -> list[GivenUp]:
    """What failed, newest first; at most `limit` of each direction."""
    inbound = [
        GivenUp(str(row.id), "in", row.channel, row.received_at, row.attempts, row.error)
        for row in await failed_messages(session, limit)
    ]
    outbound = [
        GivenUp(str(row.id), "out", row.channel, row.created_at, row.attempts, row.error)
        for row in await _failed_outbound(session, limit)
    ]
    return sorted(inbound + outbound, key=lambda message: message.at, reverse=True)


async def replay(session: AsyncSession, message_id: str) -> None:
    """Handle (or send) a failed message again, once the transaction is committed.

    Raises `InvalidInput` for what is no id, `NotFound`, and `Conflict` where the message has not failed.
    """
    if message_id.isascii() and message_id.isdigit():
        await _send_again(session, int(message_id))
    else:
        await _handle_again(session, message_id)


async def _failed_outbound(session: AsyncSession, limit: int) -> Sequence[OutboxMessage]:
    failed = select(OutboxMessage).where(OutboxMessage.status == "failed")
    return (await session.scalars(failed.order_by(OutboxMessage.id.desc()).limit(limit))).all()


async def _handle_again(session: AsyncSession, message_id: str) -> None:
    try:
        inbox = await session.get(InboxMessage, UUID(message_id), with_for_update=True)
    except ValueError as error:
        raise InvalidInput(
            f"{message_id} is not the id of a message (`tawasul messages failed` lists them)."
        ) from error
    if inbox is None:
        raise NotFound(f"There is no message {message_id}.")
    _check_failed(inbox)
    inbox.status, inbox.error = "received", None
    lock = str(inbox.conversation_id)
    await jobs.defer(session, jobs.HANDLE_MESSAGE, lock=lock, inbox_id=str(inbox.id))


async def _send_again(session: AsyncSession, message_id: int) -> None:
    outbox = await session.get(OutboxMessage, message_id, with_for_update=True)
    if outbox is None:
        raise NotFound(f"There is no message {message_id}.")
    _check_failed(outbox)
    outbox.status, outbox.error, outbox.attempts = "queued", None, 0
    await send_off(session, await session.get_one(Conversation, outbox.conversation_id))


def _check_failed(message: InboxMessage | OutboxMessage) -> None:
    if message.status != "failed":
        raise Conflict(f"Message {message.id} has not failed: it is {message.status}.")

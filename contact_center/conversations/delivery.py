"""Sending what waits in a conversation's outbox, in order, with no transaction open while a provider is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import (
    Ambiguous,
    Channel,
    ChannelCode,
    OutboundMessage,
    PartSent,
    Refused,
    SendError,
    Throttled,
)
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations import sharing, window
from contact_center.conversations.delivery_status import move_on
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.conversations.outbox import CODE
from contact_center.conversations.outgoing_files import OutgoingFiles
from contact_center.conversations.subscription import OPTED_OUT, is_sent_anyway
from contact_center.database import Database
from contact_center.jobs import RetryLater

MAX_ATTEMPTS = 12
BACKOFF_SECONDS = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 900]

log = structlog.get_logger()


Waiting = tuple[str, OutboxMessage, OutboundMessage]
"""The address that a message goes to, its row, and the message as a channel takes it."""


_Row = Row[OutboxMessage, str, str, datetime | None, datetime | None]
"""A message that waits, its address and language, when the person last wrote, and when they said STOP."""


@dataclass(frozen=True)
class Outcome:
    """What became of a message that was handed to a provider: `status` and `error` as the outbox has them."""

    status: str
    provider_id: str | None = None
    error: str | None = None


class Delivery:
    """Sends a conversation's queued messages; one runs at a time per conversation (the job's lock)."""

    def __init__(self, database: Database, channels: Mapping[ChannelCode, Channel], files: OutgoingFiles) -> None:
        self._database = database
        self._channels = channels
        self._files = files

    async def deliver(self, conversation_id: UUID) -> None:
        """Send until nothing waits; raises `RetryLater` where the provider wants us to come back."""
        waiting = await self._next(conversation_id)
        while waiting is not None:
            _, row, _ = waiting
            waiting = await self._next(conversation_id, after=(row.id, await self._send(*waiting)))

    async def _next(self, conversation_id: UUID, after: tuple[int, Outcome] | None = None) -> Waiting | None:
        """The oldest message that waits, marked as being sent: if we die now, it is sent again rather than lost.

        `after`: the message before it, and what became of that.
        """
        async with self._database.transaction() as session:
            if after:
                await _finish(session, *after)
            row = (await session.execute(_oldest_waiting(conversation_id))).first()
            while row is not None and _unwanted(row):
                await _finish(session, row.OutboxMessage.id, Outcome("failed", error=OPTED_OUT))
                row = (await session.execute(_oldest_waiting(conversation_id))).first()
            if row is None:
                return None
            row.OutboxMessage.status = "sending"
            row.OutboxMessage.attempts += 1
            return row.address, row.OutboxMessage, await self._outbound(session, row)

    async def _outbound(self, session: AsyncSession, row: _Row) -> OutboundMessage:
        message: OutboxMessage = row.OutboxMessage
        files = await self._files.of(session, message, row.language)
        return OutboundMessage(
            text=message.text,
            media=files,
            buttons=sharing.buttons_of(message, row.language),
            template=await window.template_for(session, message, files, row.last_inbound_at),
            after_asking=await sharing.asked_before(session, message),
            idempotency_key=str(message.id),
            parts_sent=message.parts_sent,
        )

    async def _send(self, address: str, row: OutboxMessage, message: OutboundMessage) -> Outcome:
        """What became of a message; raises `RetryLater` where it may yet be sent."""
        channel = self._channels.get(ChannelCode(row.channel))
        if channel is None:
            return Outcome("failed", error="channel_off")
        try:
            provider_id = await channel.send(address, message, self._noting(row.id))
            return Outcome("sent", provider_id=provider_id)
        except Refused as error:
            return Outcome("failed", error=_reason(error))
        except Ambiguous as error:
            return Outcome("unknown", error=_reason(error))
        except SendError as error:
            return _given_up(row, error)

    def _noting(self, outbox_id: int) -> PartSent:
        """Writes down how much of a message has arrived: whoever goes on after this process died sends the rest."""

        async def noted(count: int) -> None:
            async with self._database.transaction() as session:
                mine = update(OutboxMessage).where(OutboxMessage.id == outbox_id)
                await session.execute(mine.values(parts_sent=count))

        return noted


def _given_up(row: OutboxMessage, error: SendError) -> Outcome:
    """The end of a message that was tried often enough; raises `RetryLater` before that."""
    if row.attempts >= MAX_ATTEMPTS:
        return Outcome("failed", error=_reason(error))
    backoff = BACKOFF_SECONDS[min(row.attempts, len(BACKOFF_SECONDS)) - 1]
    wait = error.retry_after if isinstance(error, Throttled) else backoff
    log.warning("send_retried", outbox_id=row.id, channel=row.channel, reason=_reason(error), wait_seconds=wait)
    raise RetryLater(wait)


async def _finish(session: AsyncSession, outbox_id: int, outcome: Outcome) -> None:
    if outcome.error:
        log.warning("send_ended", outbox_id=outbox_id, status=outcome.status, reason=outcome.error)
    message = await session.get_one(OutboxMessage, outbox_id, with_for_update=True)
    await move_on(session, message, outcome.status, error=outcome.error)
    if message.role == CODE:
        message.text = "******"
    if outcome.status == "sent":
        message.parts_sent = 0
    message.sent_at = now()
    message.provider_id = outcome.provider_id


def _unwanted(row: _Row) -> bool:
    """Whether the person said STOP, and this is nothing that is sent all the same."""
    return row.opted_out_at is not None and not is_sent_anyway(row.OutboxMessage.dedupe_key)


def _oldest_waiting(conversation_id: UUID) -> Select[OutboxMessage, str, str, datetime | None, datetime | None]:
    about = (Conversation.address, Conversation.language, Conversation.last_inbound_at, ChannelIdentity.opted_out_at)
    return (
        select(OutboxMessage, *about)
        .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
        .join(ChannelIdentity, ChannelIdentity.id == Conversation.identity_id)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.status.in_(["queued", "sending"]))
        .where(OutboxMessage.send_after.is_(None))
        .order_by(OutboxMessage.id)
        .limit(1)
    )


def _reason(error: SendError) -> str:
    return f"{error.code or type(error).__name__}: {error}"[:300]

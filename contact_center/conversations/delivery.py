"""Sending what waits in a conversation's outbox, in order, with no transaction open while a provider is called."""

from collections.abc import Mapping
from uuid import UUID

import structlog
from sqlalchemy import select

from contact_center.channels.base import (
    Ambiguous,
    Button,
    Channel,
    ChannelCode,
    OutboundMessage,
    Refused,
    SendError,
    Throttled,
)
from contact_center.clock import now
from contact_center.conversations.buttons import token
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.conversations.outbox import move_on
from contact_center.database import Database
from contact_center.jobs import RetryLater

MAX_ATTEMPTS = 12
BACKOFF_SECONDS = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 900]

log = structlog.get_logger()


class Delivery:
    """Sends a conversation's queued messages; one runs at a time per conversation (the job's lock)."""

    def __init__(self, database: Database, channels: Mapping[ChannelCode, Channel]) -> None:
        self._database = database
        self._channels = channels

    async def deliver(self, conversation_id: UUID) -> None:
        """Send until nothing waits; raises `RetryLater` where the provider wants us to come back."""
        while (message := await self._take(conversation_id)) is not None:
            address, row = message
            channel = self._channels.get(ChannelCode(row.channel))
            if channel is None:
                await self._finish(row.id, "failed", error="channel_off")
                continue
            await self._send(channel, address, row)

    async def _take(self, conversation_id: UUID) -> tuple[str, OutboxMessage] | None:
        """The oldest message that waits, marked as being sent: if we die now, it is sent again rather than lost."""
        async with self._database.transaction() as session:
            statement = (
                select(OutboxMessage, Conversation.address)
                .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
                .where(
                    OutboxMessage.conversation_id == conversation_id, OutboxMessage.status.in_(["queued", "sending"])
                )
                .order_by(OutboxMessage.id)
                .limit(1)
            )
            row = (await session.execute(statement)).first()
            if row is None:
                return None
            row.OutboxMessage.status = "sending"
            row.OutboxMessage.attempts += 1
            return row.address, row.OutboxMessage

    async def _send(self, channel: Channel, address: str, row: OutboxMessage) -> None:
        try:
            provider_id = await channel.send(address, _outbound(row))
        except Refused as error:
            await self._finish(row.id, "failed", error=_reason(error))
        except Ambiguous as error:
            await self._finish(row.id, "unknown", error=_reason(error))
        except SendError as error:
            await self._try_again_later(row, error)
        else:
            await self._finish(row.id, "sent", provider_id=provider_id)

    async def _try_again_later(self, row: OutboxMessage, error: SendError) -> None:
        if row.attempts >= MAX_ATTEMPTS:
            await self._finish(row.id, "failed", error=_reason(error))
            return
        backoff = BACKOFF_SECONDS[min(row.attempts, len(BACKOFF_SECONDS)) - 1]
        wait = error.retry_after if isinstance(error, Throttled) else backoff
        log.warning("send_retried", outbox_id=row.id, channel=row.channel, reason=_reason(error), wait_seconds=wait)
        raise RetryLater(wait)

    async def _finish(
        self, outbox_id: int, status: str, *, provider_id: str | None = None, error: str | None = None
    ) -> None:
        if error:
            log.warning("send_ended", outbox_id=outbox_id, status=status, reason=error)
        async with self._database.transaction() as session:
            message = await session.get_one(OutboxMessage, outbox_id, with_for_update=True)
            move_on(message, status, error=error)
            message.sent_at = now()
            message.provider_id = provider_id


def _outbound(row: OutboxMessage) -> OutboundMessage:
    buttons = tuple(Button(title=b["title"], token=token(row.id, index)) for index, b in enumerate(row.buttons))
    return OutboundMessage(text=row.text, buttons=buttons, idempotency_key=str(row.id))


def _reason(error: SendError) -> str:
    return f"{error.code or type(error).__name__}: {error}"[:300]

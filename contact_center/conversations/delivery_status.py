"""How far a message has come on its way: as we know it ourselves, and as providers report it."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import DeliveryStatus
from contact_center.conversations import another_way, subscription
from contact_center.conversations.models import OutboxMessage
from contact_center.listening import conversation_changed

PROGRESS = ["queued", "sending", "unknown", "sent", "delivered", "read"]
"""Delivery only ever moves to the right; `failed` ends it unless it was delivered."""

_STOPPED_AT_TWILIO = "21610"
"""Twilio's code where the person sent STOP to Twilio itself."""


async def record_delivery(session: AsyncSession, report: DeliveryStatus) -> bool:
    """Note what a provider reports of a message; never backwards. False where the message is not ours."""
    message = (await session.execute(_reported(report).with_for_update())).scalar_one_or_none()
    if message is None:
        return False
    await move_on(session, message, report.status, error=report.error_code, of_a_part=report.more)
    return True


async def move_on(
    session: AsyncSession, message: OutboxMessage, status: str, *, error: str | None = None, of_a_part: bool = False
) -> None:
    """Set a message's status if that is a step forward: reports may overtake each other, and us.

    A message has failed if one of its parts did, though the last was delivered (`of_a_part`: it is not the last).
    Where the provider takes no more messages for the person, that is noted too; where it did not take this one, it is
    sent another way if there is one.
    """
    if (error or "").startswith(_STOPPED_AT_TWILIO):
        await subscription.opt_out_at_provider(session, message.conversation_id)
    if message.status == "failed" or (status == "failed" and message.status in ("delivered", "read") and not of_a_part):
        return
    if status == "failed" or PROGRESS.index(status) > PROGRESS.index(message.status):
        message.status, message.error = status, error
        await conversation_changed(session, message.conversation_id)
        if status == "failed":
            await another_way.take(session, message)


def _reported(report: DeliveryStatus) -> Select[OutboxMessage]:
    """The message that a report is about: by our own key where it was given back, else by the provider's id."""
    ours = select(OutboxMessage).where(OutboxMessage.channel == report.channel.value)
    if report.message_key and report.message_key.isdecimal():
        return ours.where(OutboxMessage.id == int(report.message_key))
    return ours.where(OutboxMessage.provider_id == report.provider_id)

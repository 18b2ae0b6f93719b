"""A notification that WhatsApp did not take: as an approved template, else by SMS."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.notifications.notification import Notification
from contact_center.notifications.quiet_hours import held_until
from contact_center.notifications.templates import wordings

_OUTSIDE_THE_WINDOW = "63016"
_UNWANTED = ("opted_out", "21610")
"""How the errors begin of a person who wants no messages: they are not sent to another address either."""


async def take(session: AsyncSession, message: OutboxMessage) -> None:
    """Put what takes the place of a notification that has failed into the outbox, once. For anything else: nothing.

    Where that shows at night, it waits as the notification itself would have.
    """
    error = message.error or ""
    if message.channel != ChannelCode.WHATSAPP or message.notification is None or error.startswith(_UNWANTED):
        return
    failed = Notification.of(message.notification)
    conversation = await session.get_one(Conversation, message.conversation_id)
    until = held_until(conversation, now())
    if error.startswith(_OUTSIDE_THE_WINDOW) and not failed.outside:
        await _send(session, conversation, message, message.text, failed.for_outside(), until)
    else:
        by_sms = await _by_sms(session, conversation)
        text = (await wordings(session)).worded(failed, ChannelCode.SMS)
        await _send(session, by_sms, message, text, failed, until)


async def _by_sms(session: AsyncSession, conversation: Conversation) -> Conversation:
    """The conversation by SMS with the number of one on WhatsApp."""
    phone = conversation.address
    identity = await identity_for(session, ChannelCode.SMS, phone)
    return await begin(session, ChannelCode.SMS, phone, identity, language=conversation.language)


async def _send(
    session: AsyncSession,
    conversation: Conversation,
    failed: OutboxMessage,
    text: str,
    notification: Notification,
    until: datetime | None,
) -> None:
    await outbox.say(
        session,
        conversation,
        text,
        role=failed.role,
        buttons=failed.buttons,
        attachments=failed.attachments,
        dedupe_key=f"instead:{failed.id}",
        case_event_id=failed.case_event_id,
        notification=notification.kept(),
        instead_of=failed.id,
        send_after=until,
    )

"""WhatsApp's 24 hours: after a person's last message anything may be said to them, later only approved templates."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode, OutboundFile, Template
from contact_center.clock import now
from contact_center.conversations.models import OutboxMessage
from contact_center.notifications.notification import Notification
from contact_center.notifications.templates import wordings

WINDOW = timedelta(hours=24)
_MARGIN = timedelta(minutes=5)
"""A message that is on its way when the window shuts is refused."""


async def template_for(
    session: AsyncSession, message: OutboxMessage, files: Sequence[OutboundFile], heard_at: datetime | None
) -> Template | None:
    """The template that a notification goes out as now, `heard_at` being when the person last wrote.

    A template carries no files: their links stand in its words.

    None where words are taken as they are, and for what is no notification: WhatsApp will refuse it.
    """
    if message.channel != ChannelCode.WHATSAPP or message.notification is None:
        return None
    notification = Notification.of(message.notification)
    is_open = heard_at is not None and now() < heard_at + WINDOW - _MARGIN
    if is_open and not notification.outside:
        return None
    links = [file.in_words for file in files if file.in_words]
    return (await wordings(session)).template(notification.with_links(links))

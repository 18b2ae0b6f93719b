"""Putting a notification into a person's outbox, worded for their channel."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation
from contact_center.notifications.notification import Notification
from contact_center.notifications.quiet_hours import held_until
from contact_center.notifications.templates import Wordings


async def tell(
    session: AsyncSession,
    conversation: Conversation,
    notification: Notification,
    wordings: Wordings,
    *,
    event_id: int,
    key: str,
    waited_for: bool = False,
    **details: Any,
) -> None:
    """Tell a person, once for each `key`: now, or in the morning. `event_id`: of the case's event that is told.

    `waited_for`: they are with us at this moment, and get it at night as well.
    """
    await outbox.say(
        session,
        conversation,
        wordings.worded(notification, conversation.channel),
        dedupe_key=key,
        case_event_id=event_id,
        notification=notification.kept(),
        send_after=None if waited_for else held_until(conversation, now()),
        **details,
    )

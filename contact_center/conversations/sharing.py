"""Buttons that share a place or the person's own number, on the one channel that has them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import Button, ChannelCode
from contact_center.conversations.buttons import token
from contact_center.conversations.models import OutboxMessage
from contact_center.notifications.sentences import sentence

_ASKED_BY_QUESTION = {"area": "location", "contact_phone": "contact"}
_ASKED_BY_PAYLOAD = {"/share_contact": "contact", "/share_location": "location"}


def buttons_of(message: OutboxMessage, language: str) -> tuple[Button, ...]:
    """The buttons that go out with a message; on Telegram first the one that shares what is asked for."""
    can_share = message.channel == ChannelCode.TELEGRAM
    own = [
        Button(title=button["title"], token=token(message.id, index), asks_for=_ASKED_BY_PAYLOAD.get(button["payload"]))
        for index, button in enumerate(message.buttons)
        if can_share or button["payload"] not in _ASKED_BY_PAYLOAD
    ]
    asked = _ASKED_BY_QUESTION.get(message.expects or "") if can_share else None
    shares = [Button(title=sentence(f"share_{asked}", language), token=asked, asks_for=asked)] if asked else []
    return (*shares, *own)


async def asked_before(session: AsyncSession, message: OutboxMessage) -> bool:
    """Whether the message before put such a button on the person's screen."""
    if message.channel != ChannelCode.TELEGRAM:
        return False
    earlier = select(OutboxMessage).where(
        OutboxMessage.conversation_id == message.conversation_id, OutboxMessage.id < message.id
    )
    before = await session.scalar(earlier.order_by(OutboxMessage.id.desc()).limit(1))
    return before is not None and any(button.asks_for for button in buttons_of(before, "ar"))

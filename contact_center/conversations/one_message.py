"""An answer by SMS is one message: several could overtake each other, and each costs a part of its own. Pure."""

from collections.abc import Sequence

from contact_center.channels.base import ChannelCode
from contact_center.conversations.dialogue import ReplyMessage


def as_sent(channel: str, messages: Sequence[ReplyMessage]) -> Sequence[ReplyMessage]:
    """The messages of one answer as this channel takes them; by SMS one, with all choices in order."""
    if channel != ChannelCode.SMS or len(messages) <= 1:
        return messages
    words = "\n".join(message.text for message in messages if message.text.strip())
    return [ReplyMessage(text=words, buttons=[button for message in messages for button in message.buttons])]

"""What the assistant doubted in a person's words, kept for review."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import InboundMessage
from contact_center.conversations.dialogue import Reply
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.understanding.service import remember_message


async def keep_doubt(
    session: AsyncSession, inbox: InboxMessage, conversation: Conversation, message: InboundMessage, reply: Reply
) -> None:
    """Keep a doubted message, without personal data, in the transaction that stores the reply.

    `conversation` is as it was before the reply. An answer to the question for a name is never kept: a name that we do
    not know cannot be found in it.
    """
    if reply.doubt is None or not message.text or conversation.expects == "contact_name":
        return
    await remember_message(
        session,
        inbox.id,
        message.text,
        channel=conversation.channel,
        names=_names(conversation, message, reply),
        about=reply.doubt.about,
        guesses=reply.doubt.model_dump(include={"intents", "categories"}),
    )


def _names(conversation: Conversation, message: InboundMessage, reply: Reply) -> list[str]:
    """What the person is known to be called."""
    card = message.contact.name if message.contact else None
    named = [message.profile_name, card, conversation.draft.get("contact_name"), reply.draft.get("contact_name")]
    return [str(name) for name in named if name]

"""The action server's one way into the service: its database, and who is speaking."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from contact_center.citizens.models import ChannelIdentity
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.embedded_postgres import database_url
from contact_center.settings import get_settings


@lru_cache(maxsize=1)
def database() -> Database:
    """One pool for the process, opened when it is first needed."""
    return Database(database_url(get_settings()))


async def identity_of(session: AsyncSession, turn: Turn) -> ChannelIdentity | None:
    """The channel identity that a conversation belongs to; None where it is none of the gateway's (`rasa shell`)."""
    conversation_id = conversation_id_of(turn)
    conversation = await session.get(Conversation, conversation_id) if conversation_id else None
    return await session.get(ChannelIdentity, conversation.identity_id) if conversation else None


def conversation_id_of(turn: Turn) -> UUID | None:
    """The conversation's id in our database."""
    try:
        return UUID(turn.conversation)
    except ValueError:
        return None

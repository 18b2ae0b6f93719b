"""Notes about a conversation, for those who take conversations and nobody else."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.conversations.models import Conversation, ConversationNote
from contact_center.errors import InvalidInput, NotFound
from contact_center.listening import conversation_changed


async def write(session: AsyncSession, conversation_id: UUID, text: str, *, author: str, key: str) -> None:
    """Keep a note of an agent's (a username); a repeat with the same `key` writes nothing.

    Whoever may read the conversation may, also while another has it. Raises `NotFound`, and `InvalidInput` for an
    empty one.
    """
    if await session.get(Conversation, conversation_id) is None:
        raise NotFound("There is no such conversation.")
    if not text.strip():
        raise InvalidInput("There is nothing to keep.")
    new = {"conversation_id": conversation_id, "author": author, "text": text.strip()}
    statement = insert(ConversationNote).values(**new, dedupe_key=f"{conversation_id}:{key}")
    written = await session.scalar(
        statement.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(ConversationNote.id)
    )
    if written is not None:
        await audit.record(session, f"account:{author}", "conversation.note", str(conversation_id))
        await conversation_changed(session, conversation_id)


async def of_conversation(session: AsyncSession, conversation_id: UUID, limit: int = 200) -> Sequence[ConversationNote]:
    """The newest ones, oldest first."""
    theirs = select(ConversationNote).where(ConversationNote.conversation_id == conversation_id)
    newest = await session.scalars(theirs.order_by(ConversationNote.id.desc()).limit(limit))
    return list(newest)[::-1]

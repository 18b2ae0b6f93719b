"""The form of somebody who writes to us, while an agent has the conversation."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.conversations import call_desk, holding


async def edit(
    session: AsyncSession, conversation_id: UUID, fields: dict[str, Any], *, agent: str | None, key: str | None = None
) -> UUID | None:
    """Store fields of the draft that the agent set, for the assistant to take in: the person hears nothing of it, and
    the assistant goes on from there when the conversation is handed back. `agent`: as in `holding.held`.

    The inbox id to wait for; None for a repeat with the same `key`. Raises as `holding.held` and
    `call_desk.edit_draft`.
    """
    conversation, _ = await holding.held(session, conversation_id, agent)
    return await call_desk.edit_draft(session, conversation, fields, key)

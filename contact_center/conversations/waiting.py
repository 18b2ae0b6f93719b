"""Waiting until the assistant has dealt with a message."""

import asyncio
from uuid import UUID

from contact_center.conversations.models import InboxMessage
from contact_center.database import Database
from contact_center.listening import Listener


async def handled(
    database: Database, listener: Listener, conversation_id: UUID, inbox_id: UUID, seconds: float
) -> bool:
    """Wait until a message is no longer waiting to be handled; False if `seconds` were not enough."""
    with listener.watch(conversation_id) as changed:
        try:
            async with asyncio.timeout(seconds):
                while not await _is_handled(database, inbox_id):
                    await changed.wait()
                    changed.clear()
        except TimeoutError:
            return False
    return True


async def _is_handled(database: Database, inbox_id: UUID) -> bool:
    async with database.transaction() as session:
        return (await session.get_one(InboxMessage, inbox_id)).status != "received"

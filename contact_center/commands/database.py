"""A transaction for a command."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.database import Database
from contact_center.embedded_postgres import database_url
from contact_center.settings import get_settings

T = TypeVar("T")
ACTOR = "command_line"
"""Who did it, in the audit trail."""


def in_transaction(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """What `work` returns when given a session of the configured database; committed unless it raises."""

    async def run() -> T:
        database = Database(database_url(get_settings()), pool_size=1)
        try:
            async with database.transaction() as session:
                return await work(session)
        finally:
            await database.close()

    return asyncio.run(run())

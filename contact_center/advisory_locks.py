"""PostgreSQL's advisory locks that we take: all in one place, since the number is all that tells them apart."""

from enum import IntEnum, unique

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession


@unique
class Lock(IntEnum):
    """What only one may do at a time."""

    MIGRATE = 7227001
    POLL_TELEGRAM = 7227002
    """Held by the worker that polls for as long as it does: Telegram answers 409 to a second one."""
    MEET = 7227003
    """Two first contacts of one person at the same moment would make two people. They are rare and short."""
    SEND_CODE = 7227004
    """Requests for codes at the same moment are counted one after the other. They are rare and short."""
    MAKE_FIRST_ADMIN = 7227005
    """Two processes that start at once must not both find no account."""
    DISABLE_ACCOUNT = 7227006
    """Two administrators who disable each other must not both succeed."""


async def one_at_a_time(session: AsyncSession, lock: Lock) -> None:
    """Wait until nobody else does this, and hold it until the transaction ends."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})


async def hold(connection: AsyncConnection, lock: Lock) -> None:
    """Wait until nobody else does this, and hold it for as long as the connection is open."""
    await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": lock})

"""What the database says happened: each message handled once, in order, and each reply there once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from psycopg.rows import dict_row

from tests.e2e.lines import Line

Row = dict[str, Any]


@dataclass
class Records:
    """Reads of a running system's database, and locks that hold a process up at a chosen point."""

    connection: psycopg.AsyncConnection[Row]

    @classmethod
    @contextlib.asynccontextmanager
    async def of(cls, url: str) -> AsyncIterator[Self]:
        """A connection of our own while the block lasts."""
        async with await psycopg.AsyncConnection.connect(url, autocommit=True, row_factory=dict_row) as connection:
            yield cls(connection)

    async def rows(self, query: str, *parameters: object) -> list[Row]:
        """The rows that a query finds."""
        return await (await self.connection.execute(query, parameters)).fetchall()

    async def conversation(self, line: Line) -> str:
        """The id of a line's conversation."""
        found = await self.rows(
            "SELECT id FROM conversations WHERE channel = %s AND address = %s", line.channel, line.address
        )
        return str(found[0]["id"])

    async def inbound(self, line: Line) -> list[Row]:
        """What the person sent, oldest first."""
        return await self.rows(
            "SELECT m.* FROM inbox_messages m JOIN conversations c ON c.id = m.conversation_id"
            " WHERE c.channel = %s AND c.address = %s ORDER BY m.received_at",
            line.channel, line.address,
        )  # fmt: skip

    async def outbound(self, line: Line) -> list[Row]:
        """What the person was told, in order."""
        return await self.rows(
            "SELECT m.* FROM outbox_messages m JOIN conversations c ON c.id = m.conversation_id"
            " WHERE c.channel = %s AND c.address = %s ORDER BY m.id",
            line.channel, line.address,
        )  # fmt: skip

    async def cases(self, line: Line) -> list[Row]:
        """The cases that came of a line's conversation."""
        return await self.rows("SELECT * FROM cases WHERE conversation_id = %s", await self.conversation(line))

    async def check_each_handled_once_in_order(self, line: Line) -> None:
        """Every message processed, in the order in which they came, and answered once; nothing left to send."""
        inbound, outbound = await self.inbound(line), await self.outbound(line)
        assert [row["status"] for row in inbound] == ["processed"] * len(inbound)
        processed = [row["processed_at"] for row in inbound]
        assert processed == sorted(processed)
        answers = [row for row in outbound if row["role"] == "assistant"]
        order = [row["id"] for row in inbound]
        answered = [order.index(row["inbox_id"]) for row in answers]
        assert answered == sorted(answered)
        assert set(answered) == set(range(len(inbound)))
        assert {row["status"] for row in outbound} <= {"sent", "delivered", "read"}


@contextlib.asynccontextmanager
async def row_locked(url: str, query: str, *parameters: object) -> AsyncIterator[None]:
    """Hold the row that `query` selects, so that whoever wants to write it waits."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        found = await (await connection.execute(query + " FOR UPDATE", parameters)).fetchall()  # type: ignore[arg-type]
        assert len(found) == 1
        yield
        await connection.rollback()


async def until(holds: Callable[[], Awaitable[Any]], seconds: float = 30) -> None:
    """Wait until `holds` does."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110  (what is waited for is in another process)
            await asyncio.sleep(0.02)

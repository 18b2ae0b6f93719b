"""Where stored conversations live: one row each, in PostgreSQL, or in memory where no database is named."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

Reply = tuple[str, dict[str, Any]]

# Any number will do, as long as nothing else in the database locks the same one.
_SETUP_LOCK = 7_370_125
_SETUP = """
    CREATE SCHEMA IF NOT EXISTS rasa;
    CREATE TABLE IF NOT EXISTS rasa.conversations (
        id         text PRIMARY KEY,
        version    bigint NOT NULL,
        events     jsonb NOT NULL,
        replies    jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
    )
"""
_VERSION = "SELECT version FROM rasa.conversations WHERE id = %(id)s"
_READ = "SELECT version, events, replies FROM rasa.conversations WHERE id = %(id)s"
_INSERT = """
    INSERT INTO rasa.conversations (id, version, events, replies) VALUES (%(id)s, 1, %(events)s, %(replies)s)
    ON CONFLICT (id) DO NOTHING
"""
_UPDATE = """
    UPDATE rasa.conversations SET version = version + 1, events = %(events)s, replies = %(replies)s, updated_at = now()
    WHERE id = %(id)s AND version = %(version)s
"""
_CONNECT_SECONDS = 3
_WAIT_SECONDS = 5.0
_CONNECTIONS = 8


class Overtaken(Exception):
    """The conversation was changed or forgotten by someone else since it was read."""


@dataclass(frozen=True)
class Row:
    """A stored conversation: its events as Rasa writes them, and the replies to its last messages by message id."""

    version: int
    events: list[dict[str, Any]]
    replies: list[Reply]


class Rows(ABC):
    """Conversations by id. A version counts the turns stored; 0 stands for a conversation not stored yet."""

    @abstractmethod
    async def version(self, conversation: str) -> int:
        """How many turns are stored of it; 0 where there is no row."""

    @abstractmethod
    async def read(self, conversation: str) -> Row | None:
        """The row, or None."""

    @abstractmethod
    async def write(self, conversation: str, row: Row) -> None:
        """Replace `row.version` by what `row` holds, as the next version. Raises Overtaken."""

    @abstractmethod
    async def delete(self, conversation: str) -> None:
        """Forget a conversation; nothing happens where there is none."""

    @abstractmethod
    async def ids(self) -> list[str]:
        """The ids of all stored conversations."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of connections."""


class MemoryRows(Rows):
    """For `rasa shell` and for trying things out; gone when the process ends."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    async def version(self, conversation: str) -> int:
        return self._rows[conversation].version if conversation in self._rows else 0

    async def read(self, conversation: str) -> Row | None:
        return self._rows.get(conversation)

    async def write(self, conversation: str, row: Row) -> None:
        if await self.version(conversation) != row.version:
            raise Overtaken(conversation)
        self._rows[conversation] = Row(row.version + 1, row.events, row.replies)

    async def delete(self, conversation: str) -> None:
        self._rows.pop(conversation, None)

    async def ids(self) -> list[str]:
        return list(self._rows)

    async def close(self) -> None:
        self._rows.clear()


class PostgresRows(Rows):
    """The table rasa.conversations, made on first use. Raises psycopg.Error where the database does not answer."""

    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(
            url,
            kwargs={"autocommit": True, "connect_timeout": _CONNECT_SECONDS},
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_WAIT_SECONDS,
            open=False,
        )
        self._ready = False

    async def version(self, conversation: str) -> int:
        found = await self._fetch(_VERSION, {"id": conversation})
        return found[0][0] if found else 0

    async def read(self, conversation: str) -> Row | None:
        found = await self._fetch(_READ, {"id": conversation})
        if not found:
            return None
        version, events, replies = found[0]
        return Row(version, events, [(id_, reply) for id_, reply in replies])

    async def write(self, conversation: str, row: Row) -> None:
        values = {
            "id": conversation,
            "version": row.version,
            "events": json.dumps(row.events, ensure_ascii=False),
            "replies": json.dumps(row.replies, ensure_ascii=False),
        }
        if not await self._change(_UPDATE if row.version else _INSERT, values):
            raise Overtaken(conversation)

    async def delete(self, conversation: str) -> None:
        await self._change("DELETE FROM rasa.conversations WHERE id = %(id)s", {"id": conversation})

    async def ids(self) -> list[str]:
        return [id_ for (id_,) in await self._fetch("SELECT id FROM rasa.conversations", {})]

    async def close(self) -> None:
        await self._pool.close()

    async def _fetch(self, query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a query. Every turn begins with one, so here it is noticed that the database was restarted."""
        await self._prepare()
        try:
            return await self._fetch_once(query, values)
        except OperationalError:
            await self._pool.check()
            return await self._fetch_once(query, values)

    async def _fetch_once(self, query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(query, values)).fetchall()

    async def _change(self, query: str, values: dict[str, Any]) -> int:
        await self._prepare()
        async with self._pool.connection() as connection:
            return (await connection.execute(query, values)).rowcount

    async def _prepare(self) -> None:
        if self._ready:
            return
        await self._pool.open()
        async with self._pool.connection() as connection:
            await _set_up(connection)
        self._ready = True


async def _set_up(connection: AsyncConnection[Any]) -> None:
    """Make schema and table; two processes that start at once wait for one another."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", [_SETUP_LOCK])
        await connection.execute(_SETUP)

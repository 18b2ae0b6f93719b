"""PostgreSQL's NOTIFY, heard on one connection a process and handed to whoever waits in it."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator

import psycopg
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.database import libpq_url, notify

CONVERSATIONS = "tawasul_conversations"
"""The payload is the id of a conversation in which something changed."""

log = structlog.get_logger()


async def conversation_changed(session: AsyncSession, conversation_id: object) -> None:
    """Wake whoever watches this conversation, once the transaction is committed."""
    await notify(session, CONVERSATIONS, str(conversation_id))


class Listener:
    """Listens as long as the process lives; after a lost connection everybody is woken: something may be missed."""

    def __init__(self, url: str) -> None:
        self._url = libpq_url(url)
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start listening in the background."""
        self._task = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        """Stop listening."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.contextmanager
    def watch(self, conversation_id: object) -> Iterator[asyncio.Event]:
        """An `asyncio.Event` that is set whenever the conversation changes, while the block lasts."""
        event = asyncio.Event()
        key = str(conversation_id)
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                async for conversation_id in self._notifications():
                    self._wake(conversation_id)
            except psycopg.Error as error:
                log.warning("listener_lost", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _notifications(self) -> AsyncIterator[str]:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CONVERSATIONS}")
            for key in list(self._waiting):
                self._wake(key)
            async for notification in connection.notifies():
                yield notification.payload

    def _wake(self, conversation_id: str) -> None:
        for event in self._waiting.get(conversation_id, ()):
            event.set()

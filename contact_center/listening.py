"""PostgreSQL's NOTIFY, heard on one connection a process and handed to whoever waits in it."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator

import psycopg
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.database import libpq_url, notify

CHANGES = "tawasul_changes"
"""The payload is a topic in which something changed: the id of a conversation, `case:<id>`, `cases:<agency>`,
`cases:` for the cases of all, `callers` for who waits on the telephone, `handoffs` for who wants a human being, who
serves them and who is there, or `requests` for what people ask to have done with their data. Those of cases come from a
trigger on `case_events`, those of handoffs from triggers on `handoffs` and `accounts`."""
HANDOFFS = "handoffs"

log = structlog.get_logger()


async def conversation_changed(session: AsyncSession, conversation_id: object) -> None:
    """Wake whoever watches this conversation, once the transaction is committed."""
    await notify(session, CHANGES, str(conversation_id))


def case_topic(case_id: object) -> str:
    """What happens to one case."""
    return f"case:{case_id}"


def cases_topic(agency: str | None) -> str:
    """What happens to the cases of an agency (its code), or of all."""
    return f"cases:{agency or ''}"


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
    def watch(self, *topics: object) -> Iterator[asyncio.Event]:
        """An `asyncio.Event` that is set whenever something changes in one of the topics, while the block lasts."""
        event = asyncio.Event()
        keys = {str(topic) for topic in topics}
        for key in keys:
            self._waiting[key].add(event)
        try:
            yield event
        finally:
            for key in keys:
                self._waiting[key].discard(event)
                if not self._waiting[key]:
                    del self._waiting[key]

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                async for topic in self._notifications():
                    self._wake(topic)
            except psycopg.Error as error:
                log.warning("listener_lost", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _notifications(self) -> AsyncIterator[str]:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANGES}")
            for key in list(self._waiting):
                self._wake(key)
            async for notification in connection.notifies():
                yield notification.payload

    def _wake(self, topic: str) -> None:
        for event in self._waiting.get(topic, ()):
            event.set()

"""The web process as the chat's tests use it: started and stopped on one address, answered for through the outbox."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import httpx
from pydantic import SecretStr
from sqlalchemy import func, select

from contact_center.app import create_app
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.serving import address_of, listen, serve
from tests.ports import claimed_port

T = TypeVar("T")


class ChatService:
    """The whole web process on a database of the test's own. It may go away and come back at the same address."""

    def __init__(self, database: Database, database_url: str, data_dir: Path) -> None:
        self.database = database
        self._settings = Settings(_env_file=None, data_dir=data_dir, database_url=SecretStr(database_url))
        self._running = AsyncExitStack()
        self._port = claimed_port()  # kept while it is away
        self.url = ""

    async def start(self) -> None:
        listener = listen(self._port)
        self.url = address_of(listener)
        self.app = create_app(self._settings)
        await self._running.enter_async_context(self.app.router.lifespan_context(self.app))
        await self._running.enter_async_context(serve(self.app, listener=listener))

    async def stop(self) -> None:
        await self._running.aclose()

    async def say(self, conversation: str | UUID | None, text: str, **details: Any) -> None:
        """The assistant (or another `role`) says something; None: in the only conversation there is."""
        async with self.database.transaction() as session:
            statement = select(Conversation)
            if conversation is not None:
                statement = statement.where(Conversation.id == UUID(str(conversation)))
            await outbox.say(session, (await session.scalars(statement)).one(), text, **details)

    async def stored(self) -> list[dict[str, Any]]:
        """What is in the inbox, oldest first."""
        async with self.database.transaction() as session:
            rows = await session.scalars(select(InboxMessage).order_by(InboxMessage.received_at))
            return [row.content for row in rows]

    async def conversations(self) -> int:
        async with self.database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(Conversation)) or 0

    async def received(self, count: int, seconds: float = 10) -> list[dict[str, Any]]:
        """The inbox as soon as it holds `count` messages."""
        return await eventually(self.stored, lambda stored: len(stored) >= count, seconds)


class Person:
    """A client with a chat of its own."""

    def __init__(self, http: httpx.AsyncClient, conversation: str, token: str) -> None:
        self.http = http
        self.conversation = conversation
        self.headers = {"Authorization": f"Bearer {token}"}

    async def post(self, key: str | None = None, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        extra = {"Idempotency-Key": key} if key else {}
        return await self.http.post("/chat/messages", headers=self.headers | extra | (headers or {}), **body)

    async def say(self, text: str, key: str | None = None) -> None:
        (await self.post(key, json={"text": text})).raise_for_status()

    async def history(self) -> list[dict[str, Any]]:
        response = await self.http.get("/chat/history", headers=self.headers)
        response.raise_for_status()
        return list(response.json())

    @asynccontextmanager
    async def events(self, after: int | str | None = None) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """The event stream, each event's data with its id as `event_id`."""
        headers = self.headers | ({} if after is None else {"Last-Event-ID": str(after)})
        async with self.http.stream("GET", "/chat/events", headers=headers) as response:
            response.raise_for_status()
            yield _events(response)


async def _events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    event_id = ""
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if name == "id":
            event_id = value
        elif name == "data":
            yield {"event_id": event_id} | json.loads(value)


async def eventually(look: Callable[[], Awaitable[T]], wanted: Callable[[T], bool], seconds: float = 10) -> T:
    """What `look` finds, as soon as it is what is wanted."""
    async with asyncio.timeout(seconds):
        while not wanted(found := await look()):  # noqa: ASYNC110 -- what is awaited is in the database
            await asyncio.sleep(0.05)
    return found


async def take(events: AsyncIterator[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """The next `count` events."""
    async with asyncio.timeout(10):
        return [await anext(events) for _ in range(count)]


async def nothing_more(events: AsyncIterator[dict[str, Any]], seconds: float = 0.4) -> bool:
    """Whether nothing comes for a while; the stream is of no use afterwards."""
    try:
        async with asyncio.timeout(seconds):
            await anext(events)
    except TimeoutError:
        return True
    return False

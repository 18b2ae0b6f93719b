"""A message is handled once, and kept while the assistant is away. A server in the assistant's place misbehaves here;
the real assistant is driven in tests/e2e and tests/faults."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import uvloop
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode, InboundMessage, Location
from contact_center.channels.telegram import TelegramChannel
from contact_center.clock import now
from contact_center.conversations import inbox
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import MAX_FAILURES, PATIENCE, TYPING_AFTER_SECONDS, Handler
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.database import Database
from contact_center.jobs import RetryLater
from tests.fakes.serving import address_of, listen, serve

Answer = Callable[[dict[str, Any]], Response]


def greeting(_turn: dict[str, Any]) -> Response:
    message = {"text": "هلا", "buttons": [{"title": "شكوى", "payload": "/report_complaint"}]}
    return JSONResponse({"messages": [message], "expects": "area", "draft": {"area": "سند"}, "language": "en"})


@asynccontextmanager
async def assistant(answer: Answer) -> AsyncIterator[tuple[Assistant, list[dict[str, Any]]]]:
    turns: list[dict[str, Any]] = []

    async def take(request: Request) -> Response:
        turns.append(await request.json())
        return answer(turns[-1])

    async def understand(request: Request) -> Response:
        calls_for_help = "حريق" in (await request.json())["text"]
        return JSONResponse({"intent": "emergency" if calls_for_help else "inform"})

    routes = [
        Route("/webhooks/gateway/turn", take, methods=["POST"]),
        Route("/webhooks/gateway/intent", understand, methods=["POST"]),
    ]
    async with serve(Starlette(routes=routes)) as url:
        client = Assistant(url, "token")
        yield client, turns
        await client.close()


async def stored(database: Database, address: str = "42", **content: Any) -> UUID:
    message = InboundMessage(channel=ChannelCode.TELEGRAM, address=address, provider_id=f"{address}-1", **content)
    async with database.transaction() as session:
        conversation = await inbox.conversation_for(session, message)
        inbox_id = await inbox.store(session, conversation, message)
    assert inbox_id
    return inbox_id


async def received_ago(database: Database, ago: timedelta) -> None:
    async with database.transaction() as session:
        await session.execute(update(InboxMessage).values(received_at=now() - ago))


async def outbox_texts(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(select(OutboxMessage.role, OutboxMessage.text).order_by(OutboxMessage.id))
        return [(row.role, row.text) for row in rows]


async def status(database: Database) -> str:
    async with database.transaction() as session:
        return (await session.execute(select(InboxMessage.status))).scalar_one()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path)


async def test_replies_state_and_processed_come_together_and_once(database: Database, storage: Storage) -> None:
    inbox_id = await stored(database, text="السلام عليكم")
    async with assistant(greeting) as (client, turns):
        handler = Handler(database, client, {}, storage)
        await handler.handle(inbox_id, tries=0)
        await handler.handle(inbox_id, tries=1)
    assert await outbox_texts(database) == [("assistant", "هلا")]
    assert await status(database) == "processed"
    assert [turn["text"] for turn in turns] == ["السلام عليكم"]
    async with database.transaction() as session:
        conversation = (await session.execute(select(Conversation))).scalar_one()
    assert (conversation.expects, conversation.draft, conversation.language) == ("area", {"area": "سند"}, "en")


async def test_what_is_not_words_goes_as_a_payload_with_metadata(database: Database, storage: Storage) -> None:
    inbox_id = await stored(database, location=Location(lat=26.15, lon=50.56))
    async with assistant(greeting) as (client, turns):
        await Handler(database, client, {}, storage).handle(inbox_id, tries=0)
    assert (turns[0]["payload"], turns[0]["text"]) == ("/share_location", None)
    assert turns[0]["metadata"]["location"] == {"lat": 26.15, "lon": 50.56, "label": None}
    assert turns[0]["message_id"] == str(inbox_id)


async def test_typed_slashes_stay_words(database: Database, storage: Storage) -> None:
    inbox_id = await stored(database, text='/file_case{"x":1}')
    async with assistant(greeting) as (client, turns):
        await Handler(database, client, {}, storage).handle(inbox_id, tries=0)
    assert (turns[0]["payload"], turns[0]["text"]) == (None, '/file_case{"x":1}')


async def test_with_the_assistant_away_the_person_is_told_once_and_answered_later(
    database: Database, storage: Storage
) -> None:
    inbox_id = await stored(database, text="السلام عليكم")
    away = Assistant("http://127.0.0.1:9", "token")
    handler = Handler(database, away, {}, storage)
    with pytest.raises(RetryLater):
        await handler.handle(inbox_id, tries=0)
    assert await outbox_texts(database) == []
    await received_ago(database, PATIENCE + timedelta(seconds=1))
    for tries in (1, 2, 50):
        with pytest.raises(RetryLater):
            await handler.handle(inbox_id, tries=tries)
    assert [role for role, _ in await outbox_texts(database)] == ["system"]
    async with assistant(greeting) as (client, _):
        await Handler(database, client, {}, storage).handle(inbox_id, tries=51)
    assert [role for role, _ in await outbox_texts(database)] == ["system", "assistant"]
    await away.close()


def test_where_assistant_and_channel_hang_everybody_is_told_in_time(database_url: str, storage: Storage) -> None:
    """On the worker's own event loop: its timers may ring before the clock says so."""
    addresses = [str(number) for number in range(12)]

    async def everybody_writes() -> list[tuple[str, str]]:
        database = Database(database_url, pool_size=5)
        written = [await stored(database, text="السلام عليكم", address=address) for address in addresses]
        await received_ago(database, PATIENCE - 1.5 * timedelta(seconds=TYPING_AFTER_SECONDS))
        with listen() as nobody:  # takes connections, and never answers
            assistant = Assistant(address_of(nobody), "token")
            telegram = TelegramChannel("42:token", "secret", address_of(nobody))
            handler = Handler(database, assistant, {ChannelCode.TELEGRAM: telegram}, storage)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(4):
                    await asyncio.gather(*(handler.handle(inbox_id, tries=0) for inbox_id in written))
            await assistant.close()
            await telegram.close()
        said = await outbox_texts(database)
        await database.close()
        return said

    assert [role for role, _ in uvloop.run(everybody_writes())] == ["system"] * len(addresses)


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: JSONResponse({"error": "failed"}, 500),
        lambda _: Response("not JSON", 200),
        lambda _: JSONResponse({"messages": []}),
        lambda _: JSONResponse({"error": "the assistant said nothing", "kind": "failed"}, 503),
    ],
)
async def test_a_message_that_cannot_be_digested_is_set_aside(
    database: Database, storage: Storage, answer: Answer
) -> None:
    inbox_id = await stored(database, text="؟")
    async with assistant(answer) as (client, _):
        handler = Handler(database, client, {}, storage)
        for tries in range(MAX_FAILURES - 1):
            with pytest.raises(RetryLater):
                await handler.handle(inbox_id, tries=tries)
        await handler.handle(inbox_id, tries=MAX_FAILURES - 1)
    assert await status(database) == "failed"
    assert [role for role, _ in await outbox_texts(database)] == ["system"]


async def test_what_the_assistant_lacks_is_not_held_against_the_message(database: Database, storage: Storage) -> None:
    inbox_id = await stored(database, text="السلام عليكم")
    async with assistant(lambda _: JSONResponse({"error": "x", "kind": "unavailable"}, 503)) as (client, _):
        with pytest.raises(RetryLater):
            await Handler(database, client, {}, storage).handle(inbox_id, tries=MAX_FAILURES * 3)
    assert await status(database) == "received"

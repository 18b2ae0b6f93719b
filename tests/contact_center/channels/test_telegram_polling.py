"""Long polling against a Bot API server: nothing lost, nothing out of order."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from contact_center.channels.base import InboundMessage
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.telegram_polling import poll
from tests.fakes.telegram import TelegramServer


class Store:
    """Stores messages; fails as often as it is told to."""

    def __init__(self) -> None:
        self.stored: list[str | None] = []
        self.failures = 0
        self.tries = 0

    async def receive(self, message: InboundMessage) -> None:
        self.tries += 1
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is down")
        self.stored.append(message.text or message.button)

    async def holds(self, *texts: str) -> None:
        async with asyncio.timeout(10):
            while self.stored != list(texts):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running() as server:
        yield server


@pytest.fixture
async def store(server: TelegramServer) -> AsyncIterator[Store]:
    channel, store = TelegramChannel(server.token, "s", server.url), Store()
    task = asyncio.create_task(poll(channel, store.receive, first_pause=0.05))
    yield store
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await channel.close()


async def test_a_webhook_set_before_is_removed_and_what_waits_arrives(server: TelegramServer) -> None:
    server.webhook_url = "https://old.example.bh/webhooks/telegram"
    server.updates.clear()
    channel, store = TelegramChannel(server.token, "s", server.url), Store()
    task = asyncio.create_task(poll(channel, store.receive, first_pause=0.05))
    citizen = server.citizen()
    await citizen.says("أول")
    await citizen.says("ثاني")
    await store.holds("أول", "ثاني")
    assert server.webhook_url == ""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await channel.close()


async def test_messages_in_order_and_presses_acknowledged(server: TelegramServer, store: Store) -> None:
    citizen = server.citizen()
    server.open_queries.add("seen")
    for text in ("1", "2", "3"):
        await citizen.says(text)
    await store.holds("1", "2", "3")
    keyboard = {"inline_keyboard": [[{"text": "نعم", "callback_data": "b1.0"}]]}
    citizen.take({"message_id": 9, "text": "؟", "reply_markup": keyboard})
    await citizen.presses("نعم")
    await store.holds("1", "2", "3", "b1.0")
    await asyncio.sleep(0.1)
    assert server.open_queries == {"seen"}


async def test_what_could_not_be_stored_comes_again(server: TelegramServer, store: Store) -> None:
    store.failures = 3
    citizen = server.citizen()
    await citizen.says("لا تضيع")
    await citizen.says("ولا هذه")
    await store.holds("لا تضيع", "ولا هذه")
    assert store.tries == 5


async def test_telegram_is_told_only_after_storing(server: TelegramServer, store: Store) -> None:
    store.failures = 10**9
    update = await server.citizen().says("واحدة")
    async with asyncio.timeout(10):
        while store.tries < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert list(server.updates) == [update]
    store.failures = 0
    await store.holds("واحدة")
    async with asyncio.timeout(10):
        while server.updates:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", [{"code": 409, "description": "Conflict: x"}, {"code": 500}, {"retry_after": 1}])
async def test_errors_are_waited_out(how: dict[str, int], server: TelegramServer, store: Store) -> None:
    citizen = server.citizen()
    await citizen.says("قبل")
    await store.holds("قبل")
    server.fail_next("getUpdates", times=2, **how)
    await citizen.says("أثناء")
    await citizen.says("بعد")
    await store.holds("قبل", "أثناء", "بعد")


async def test_what_is_no_message_stops_nothing(server: TelegramServer, store: Store) -> None:
    citizen = server.citizen()
    citizen.sends(text="في مجموعة", chat={"id": -1001, "type": "supergroup", "title": "أهل الحي"})
    await citizen.sends_location(200, 0)
    await citizen.says("بعدها")
    await store.holds("بعدها")

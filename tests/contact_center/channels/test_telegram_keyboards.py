"""Buttons that share a place or a number stand in the place of the letters, and go when they have had their time."""

from collections.abc import AsyncIterator

import pytest

from contact_center.channels.base import ChannelCode
from contact_center.channels.telegram import TelegramChannel
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.inbox import begin
from contact_center.database import Database
from tests.fakes.telegram import Citizen, TelegramServer
from tests.no_files import NO_FILES

SKIP = [{"title": "تخطي", "payload": "/skip"}]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running() as server:
        yield server


class Chat:
    """What the assistant says reaches a citizen as in a worker."""

    def __init__(self, database: Database, server: TelegramServer, citizen: Citizen) -> None:
        self.database, self.citizen = database, citizen
        self.telegram = TelegramChannel(server.token, "secret", server.url)

    async def says(self, text: str, expects: str | None = None, buttons: list[dict[str, str]] | None = None) -> None:
        address = str(self.citizen.id)
        async with self.database.transaction() as session:
            identity = await identity_for(session, ChannelCode.TELEGRAM, address)
            conversation = await begin(session, ChannelCode.TELEGRAM, address, identity)
            await outbox.say(session, conversation, text, expects=expects, buttons=buttons)
        await Delivery(self.database, {ChannelCode.TELEGRAM: self.telegram}, NO_FILES).deliver(conversation.id)


@pytest.fixture
async def chat(database: Database, server: TelegramServer) -> AsyncIterator[Chat]:
    chat = Chat(database, server, server.citizen())
    yield chat
    await chat.telegram.close()


async def test_the_place_is_shared_by_a_button_that_goes_afterwards(chat: Chat) -> None:
    await chat.says("في أي منطقة؟", expects="area")
    assert list(chat.citizen.keyboard.values()) == ["location"]
    await chat.says("العفو 🌷")
    assert chat.citizen.keyboard == {}
    assert [heard.text for heard in chat.citizen.heard] == ["في أي منطقة؟", "العفو 🌷"]


async def test_the_number_is_shared_by_a_button_beside_the_other_choices(chat: Chat) -> None:
    await chat.says("على أي رقم؟", expects="contact_phone", buttons=[{"title": "بدون رقم", "payload": "/skip"}])
    assert chat.citizen.keyboard == {"مشاركة رقمي 📱": "contact", "بدون رقم": ""}
    update = await chat.citizen.presses("بدون رقم")
    assert update["message"]["text"] == "بدون رقم"


async def test_where_the_next_message_has_buttons_of_its_own_the_keyboard_still_goes(chat: Chat) -> None:
    await chat.says("في أي منطقة؟", expects="area")
    await chat.says("وين بالضبط؟", expects="address", buttons=SKIP)
    assert chat.citizen.keyboard == {}
    assert [heard.text for heard in chat.citizen.heard] == ["في أي منطقة؟", "👍", "وين بالضبط؟"]
    assert list(chat.citizen.heard[-1].buttons) == ["تخطي"]
    await chat.says("وين بالضبط؟", expects="address", buttons=SKIP)
    assert len(chat.citizen.heard) == 4


async def test_the_menu_is_told_in_both_languages(server: TelegramServer) -> None:
    telegram = TelegramChannel(server.token, "secret", server.url)
    await telegram.set_commands({"": {"start": "البداية"}, "en": {"start": "Begin"}})
    assert server.menus == {"": {"start": "البداية"}, "en": {"start": "Begin"}}
    await telegram.close()

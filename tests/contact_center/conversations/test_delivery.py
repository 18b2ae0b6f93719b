"""Messages go out in order, once, and what a provider says of them never moves backwards."""

import pytest
from sqlalchemy import select

from contact_center.channels.base import ChannelCode, DeliveryStatus
from contact_center.channels.telegram import TelegramChannel
from contact_center.citizens.service import identity_for
from contact_center.conversations import delivery_status, outbox
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.jobs import RetryLater
from tests.fakes.telegram import TelegramServer
from tests.no_files import NO_FILES


async def conversation(database: Database, address: str, *texts: str) -> Conversation:
    async with database.transaction() as session:
        identity = await identity_for(session, ChannelCode.TELEGRAM, address, None, None)
        begun = await begin(session, ChannelCode.TELEGRAM, address, identity)
        for text in texts:
            await outbox.say(session, begun, text)
        return begun


async def statuses(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list((await session.execute(select(OutboxMessage.status).order_by(OutboxMessage.id))).scalars())


async def test_everything_that_waits_is_sent_in_order(database: Database) -> None:
    async with TelegramServer.running() as server:
        citizen = server.citizen()
        telegram = TelegramChannel(server.token, "secret", server.url)
        begun = await conversation(database, str(citizen.id), "أولاً", "ثانياً", "ثالثاً")
        delivery = Delivery(database, {ChannelCode.TELEGRAM: telegram}, NO_FILES)
        await delivery.deliver(begun.id)
        await delivery.deliver(begun.id)
        assert [heard.text for heard in citizen.heard] == ["أولاً", "ثانياً", "ثالثاً"]
        assert await statuses(database) == ["sent"] * 3
        await telegram.close()


async def test_a_throttled_message_holds_back_those_behind_it(database: Database) -> None:
    async with TelegramServer.running() as server:
        citizen = server.citizen()
        telegram = TelegramChannel(server.token, "secret", server.url)
        begun = await conversation(database, str(citizen.id), "أولاً", "ثانياً")
        delivery = Delivery(database, {ChannelCode.TELEGRAM: telegram}, NO_FILES)
        server.fail_next("sendMessage", code=429, retry_after=7)
        with pytest.raises(RetryLater) as later:
            await delivery.deliver(begun.id)
        assert later.value.seconds == 7
        assert citizen.heard == []
        await delivery.deliver(begun.id)
        assert [heard.text for heard in citizen.heard] == ["أولاً", "ثانياً"]
        await telegram.close()


async def test_a_refused_message_fails_and_blocks_nothing(database: Database) -> None:
    async with TelegramServer.running() as server:
        citizen = server.citizen()
        citizen.blocked = True
        telegram = TelegramChannel(server.token, "secret", server.url)
        begun = await conversation(database, str(citizen.id), "أولاً", "ثانياً")
        await Delivery(database, {ChannelCode.TELEGRAM: telegram}, NO_FILES).deliver(begun.id)
        assert await statuses(database) == ["failed", "failed"]
        await telegram.close()


async def test_reports_never_move_a_message_backwards(database: Database) -> None:
    begun = await conversation(database, "1", "هلا")
    async with database.transaction() as session:
        message = (await session.execute(select(OutboxMessage))).scalar_one()
        for reported in ("delivered", "sent", "read", "delivered", "failed"):
            report = DeliveryStatus(ChannelCode.TELEGRAM, "x", reported, message_key=str(message.id))
            assert await delivery_status.record_delivery(session, report)
        assert message.status == "read"
        other = DeliveryStatus(ChannelCode.SMS, "x", "failed", message_key=str(message.id))
        assert not await delivery_status.record_delivery(session, other)
    assert begun.id == message.conversation_id

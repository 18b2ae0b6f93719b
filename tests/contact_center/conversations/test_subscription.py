"""After STOP nothing is sent but its confirmation, whoever wants to say something; START brings everything back."""

from pathlib import Path

import pytest
from sqlalchemy import select

from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode, DeliveryStatus, InboundMessage
from contact_center.channels.twilio import SmsChannel
from contact_center.channels.twilio_client import TwilioClient
from contact_center.citizens.models import ChannelIdentity
from contact_center.conversations import delivery_status, inbox, outbox
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.conversations.subscription import change_wanted
from contact_center.database import Database
from contact_center.jobs import RetryLater
from tests.contact_center.conversations.test_handling import assistant, greeting
from tests.fakes.twilio import TwilioServer
from tests.no_files import NO_FILES

PHONE = "+97336009001"


def sms(text: str, channel: ChannelCode = ChannelCode.SMS, **content: str) -> InboundMessage:
    return InboundMessage(channel=channel, address=PHONE, provider_id=f"SM-{text}", text=text, **content)


@pytest.mark.parametrize(
    "text", ["STOP", "stop.", " Stop ", "إيقاف", "ايقاف", "الغاء الاشتراك", "إلغاء الإشتراك", "«وقف»"]
)
def test_words_that_stop(text: str) -> None:
    assert change_wanted(sms(text)) == "stop"
    assert change_wanted(sms(text, ChannelCode.WHATSAPP)) == "stop"


@pytest.mark.parametrize("text", ["START", "unstop", "تشغيل", "ابدأ", "ابدا"])
def test_words_that_start(text: str) -> None:
    assert change_wanted(sms(text)) == "start"


@pytest.mark.parametrize(
    "text", ["الغاء", "cancel", "no", "stop the noise next door", "ايقاف الباص مكسور", "خلاص", "start of the road"]
)
def test_words_that_only_look_so(text: str) -> None:
    assert change_wanted(sms(text)) is None


def test_stop_on_telegram_or_in_the_web_chat_is_an_ordinary_word() -> None:
    assert change_wanted(sms("stop", ChannelCode.TELEGRAM)) is None
    assert change_wanted(sms("stop", ChannelCode.WEBCHAT)) is None


class Phone:
    """What a person writes, handled and answered as a worker would."""

    def __init__(self, database: Database, handler: Handler, delivery: Delivery) -> None:
        self.database, self.handler, self.delivery = database, handler, delivery
        self.written = 0

    async def writes(self, text: str, **content: str) -> None:
        self.written += 1
        message = sms(text, **content).model_copy(update={"provider_id": f"SM{self.written}"})
        async with self.database.transaction() as session:
            conversation = await inbox.conversation_for(session, message)
            inbox_id = await inbox.store(session, conversation, message)
        assert inbox_id
        await self.handler.handle(inbox_id, tries=0)
        await self.handler.handle(inbox_id, tries=1)
        await self.delivery.deliver(conversation.id)

    async def is_told(self, text: str) -> None:
        async with self.database.transaction() as session:
            conversation = (await session.execute(select(Conversation))).scalar_one()
            await outbox.say(session, conversation, text, role="agency")
        await self.delivery.deliver(conversation.id)

    async def rows(self) -> list[tuple[str, str | None]]:
        async with self.database.transaction() as session:
            rows = await session.execute(select(OutboxMessage).order_by(OutboxMessage.id))
            return [(row.status, row.error) for row in rows.scalars()]


async def phone_on(database: Database, storage: Path, server: TwilioServer, client: Assistant) -> Phone:
    channel = SmsChannel(
        TwilioClient(server.account_sid, server.auth_token, server.url), server.sms_number, "http://127.0.0.1"
    )
    channels = {ChannelCode.SMS: channel}
    return Phone(
        database, Handler(database, client, channels, Storage(storage)), Delivery(database, channels, NO_FILES)
    )


async def test_nothing_is_sent_between_stop_and_start(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, turns):
        citizen = server.citizen(PHONE, channel="sms")
        phone = await phone_on(database, tmp_path, server, client)
        await phone.writes("في حفرة")
        await phone.writes("STOP")
        assert len(citizen.heard) == 2
        assert "START" in citizen.heard[-1].text
        await phone.writes("stop")
        await phone.writes("وين ردكم")
        await phone.is_told("رد الجهة")
        assert len(citizen.heard) == 2
        assert [turn["text"] for turn in turns] == ["في حفرة"]
        assert (await phone.rows())[-1] == ("failed", "opted_out")
        async with database.transaction() as session:
            conversation = (await session.execute(select(Conversation))).scalar_one()
        assert conversation.draft == {"area": "سند"}
        await phone.writes("تشغيل")
        assert [(turn["text"], turn["payload"]) for turn in turns[1:]] == [(None, "/greet")]
        assert len(citizen.heard) == 4
        await phone.is_told("رد الجهة")
        assert citizen.heard[-1].text == "رد الجهة"


async def test_a_stop_that_twilio_answered_is_not_confirmed_twice(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, turns):
        citizen = server.citizen(PHONE, channel="sms")
        phone = await phone_on(database, tmp_path, server, client)
        await phone.writes("STOP", subscription="stop")
        await phone.writes("في حفرة")
        assert citizen.heard == []
        assert turns == []


async def test_who_opted_out_at_twilio_is_left_alone_and_may_return(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, turns):
        citizen = server.citizen(PHONE, channel="sms")
        phone = await phone_on(database, tmp_path, server, client)
        citizen.opted_out = True
        await phone.writes("في حفرة")
        async with database.transaction() as session:
            assert (await session.execute(select(ChannelIdentity.opted_out_at))).scalar_one()
        await phone.is_told("رد الجهة")
        assert [error and error.partition(":")[0] for _, error in await phone.rows()] == ["21610", "opted_out"]
        citizen.opted_out = False
        await phone.writes("START", subscription="start")
        assert len(citizen.heard) == 2
        assert turns[-1]["payload"] == "/greet"


async def test_who_is_found_to_have_opted_out_after_sending_is_left_alone(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, _):
        citizen = server.citizen(PHONE, channel="sms")
        phone = await phone_on(database, tmp_path, server, client)
        await phone.writes("في حفرة")
        async with database.transaction() as session:
            (sent,) = await session.scalars(select(OutboxMessage))
            report = DeliveryStatus(ChannelCode.SMS, sent.provider_id or "", "failed", error_code="21610")
            assert await delivery_status.record_delivery(session, report)
        await phone.is_told("رد الجهة")
        assert len(citizen.heard) == 1
        assert await phone.rows() == [("failed", "21610"), ("failed", "opted_out")]


async def test_danger_is_answered_all_the_same_and_stop_stays(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, turns):
        citizen = server.citizen(PHONE, channel="sms")
        phone = await phone_on(database, tmp_path, server, client)
        await phone.writes("STOP")
        await phone.writes("حريق في بيتنا")
        await phone.writes("في حريق بسرعة")
        await phone.writes("وين ردكم")
        assert len(citizen.heard) == 3
        first, second = (heard.text for heard in citizen.heard[1:])
        assert "999" in first
        assert "999" in second
        assert first != second
        assert turns == [], "no conversation goes on"
        await phone.is_told("رد الجهة")
        assert len(citizen.heard) == 3
        async with database.transaction() as session:
            assert (await session.execute(select(ChannelIdentity.opted_out_at))).scalar_one()
            assert set(await session.scalars(select(InboxMessage.status))) == {"processed"}


async def test_danger_after_stop_waits_for_an_assistant_that_is_away(database: Database, tmp_path: Path) -> None:
    async with TwilioServer.running("http://127.0.0.1:9") as server, assistant(greeting) as (client, _):
        citizen = server.citizen(PHONE, channel="sms")
        away = await phone_on(database, tmp_path, server, Assistant("http://127.0.0.1:9", "token"))
        await away.writes("STOP")
        with pytest.raises(RetryLater):
            await away.writes("حريق في بيتنا")
        assert len(citizen.heard) == 1
        async with database.transaction() as session:
            waiting = (await session.scalars(select(InboxMessage).where(InboxMessage.status == "received"))).one()
        back = await phone_on(database, tmp_path, server, client)
        for tries in (1, 2):
            await back.handler.handle(waiting.id, tries=tries)
        await back.delivery.deliver(waiting.conversation_id)
        assert ["999" in heard.text for heard in citizen.heard] == [False, True]

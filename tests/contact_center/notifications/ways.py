"""A service with fake providers, and the ways on which citizens are told: each channel, and how it may be with it."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from contact_center.app import create_app
from contact_center.channels.base import Channel, ChannelCode
from contact_center.channels.registry import open_channels
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.call_desk import begin_call
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.conversations.outgoing_files import open_files
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.serving import address_of, listen, serve
from tests.fakes.telegram import Citizen as TelegramCitizen
from tests.fakes.telegram import TelegramServer
from tests.fakes.twilio import Citizen as TwilioCitizen
from tests.fakes.twilio import TwilioServer

Telephone = TelegramCitizen | TwilioCitizen


@dataclass
class World:
    """A running web process with its channels; the worker's part is `deliver`."""

    database: Database
    twilio: TwilioServer
    telegram: TelegramServer
    channels: Mapping[ChannelCode, Channel]
    delivery: Delivery
    _phones: int = 39_000_000

    def phone(self) -> str:
        """A number that nobody has had."""
        self._phones += 1
        return f"+973{self._phones}"

    async def deliver(self) -> None:
        """Send what waits, until nothing is left and all reports have come."""
        waiting = select(OutboxMessage.conversation_id).where(
            OutboxMessage.status == "queued", OutboxMessage.send_after.is_(None)
        )
        while True:
            async with self.database.transaction() as session:
                conversations = set(await session.scalars(waiting))
            if not conversations:
                return
            for conversation in conversations:
                await self.delivery.deliver(conversation)
            await self.twilio.settled()

    async def conversation(self, channel: ChannelCode, address: str, language: str, *, heard: bool) -> Conversation:
        """With somebody who has just written (`heard`), or has not for longer than a day."""
        async with self.database.transaction() as session:
            identity = await identity_for(session, channel, address)
            begun = await begin(session, channel, address, identity, language=language)
            begun.last_inbound_at = now() - (timedelta() if heard else timedelta(hours=25))
            return begun

    async def opted_out(self, conversation: Conversation) -> None:
        """Somebody sends STOP."""
        async with self.database.transaction() as session:
            (await session.get_one(ChannelIdentity, conversation.identity_id)).opted_out_at = now()


@dataclass
class Person:
    """Somebody in a conversation with us, and the telephones on which they may hear of something."""

    conversation: Conversation
    telephones: Mapping[str, Telephone] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """A channel, and how it is with it."""

    channel: ChannelCode
    how: str
    meet: Callable[[World, str], Awaitable[Person]]
    well: bool = True
    """Whether something arrives."""


@contextlib.asynccontextmanager
async def running_world(database: Database, database_url: str, directory: Path) -> AsyncIterator[World]:
    """The web process on a loopback address, with fake Telegram and Twilio."""
    listener = listen()
    public_url = address_of(listener)
    async with TwilioServer.running(public_url) as twilio, TelegramServer.running() as telegram:
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            data_dir=directory,
            public_url=public_url,
            telegram_token=telegram.token,
            telegram_api_url=telegram.url,
            twilio_account_sid=twilio.account_sid,
            twilio_auth_token=twilio.auth_token,
            twilio_api_url=twilio.url,
            whatsapp_number=twilio.whatsapp_number,
            sms_number=twilio.sms_number,
        )
        app = create_app(settings)
        channels = open_channels(settings)
        async with app.router.lifespan_context(app), serve(app, listener=listener):
            delivery = Delivery(database, channels, open_files(settings))
            yield World(database, twilio, telegram, channels, delivery)
            await twilio.settled()
        for channel in channels.values():
            await channel.close()


async def _on_telegram(world: World, language: str) -> Person:
    citizen = world.telegram.citizen()
    conversation = await world.conversation(ChannelCode.TELEGRAM, str(citizen.id), language, heard=True)
    return Person(conversation, {"telegram": citizen})


async def _blocked(world: World, language: str) -> Person:
    person = await _on_telegram(world, language)
    citizen = person.telephones["telegram"]
    assert isinstance(citizen, TelegramCitizen)
    citizen.blocked = True
    return person


async def _on_whatsapp(world: World, language: str, *, heard: bool = True) -> Person:
    phone = world.phone()
    telephones = {name: world.twilio.citizen(phone, channel=name) for name in ("whatsapp", "sms")}
    conversation = await world.conversation(ChannelCode.WHATSAPP, phone, language, heard=heard)
    if heard:
        await telephones["whatsapp"].says("هلا")
        await world.twilio.settled()
    return Person(conversation, telephones)


async def _after_a_day(world: World, language: str) -> Person:
    return await _on_whatsapp(world, language, heard=False)


async def _whatsapp_is_gone(world: World, language: str) -> Person:
    person = await _on_whatsapp(world, language)
    del world.twilio.citizens[f"whatsapp:{person.conversation.address}"]
    return person


async def _stopped_whatsapp(world: World, language: str) -> Person:
    person = await _on_whatsapp(world, language)
    await world.opted_out(person.conversation)
    return person


async def _by_sms(world: World, language: str) -> Person:
    phone = world.phone()
    citizen = world.twilio.citizen(phone, channel="sms")
    return Person(await world.conversation(ChannelCode.SMS, phone, language, heard=True), {"sms": citizen})


async def _stopped_sms(world: World, language: str) -> Person:
    person = await _by_sms(world, language)
    await world.opted_out(person.conversation)
    return person


async def _number_is_gone(world: World, language: str) -> Person:
    return Person(await world.conversation(ChannelCode.SMS, world.phone(), language, heard=True))


async def _in_the_web_chat(world: World, language: str) -> Person:
    async with world.database.transaction() as session:
        conversation = await begin_call(session, None)
        conversation.channel, conversation.language = ChannelCode.WEBCHAT.value, language
        return Person(conversation)


async def _on_the_phone(world: World, language: str) -> Person:
    phone = world.phone()
    async with world.database.transaction() as session:
        conversation = await begin_call(session, phone)
        conversation.language = language
    return Person(conversation, {"sms": world.twilio.citizen(phone, channel="sms")})


APPROVED, NOT_APPROVED = "after 24 hours", "after 24 hours, the template not approved yet"
WAYS = (
    Way(ChannelCode.TELEGRAM, "as always", _on_telegram),
    Way(ChannelCode.TELEGRAM, "the bot is blocked", _blocked, well=False),
    Way(ChannelCode.WHATSAPP, "within 24 hours", _on_whatsapp),
    Way(ChannelCode.WHATSAPP, NOT_APPROVED, _after_a_day),
    Way(ChannelCode.WHATSAPP, APPROVED, _after_a_day),
    Way(ChannelCode.WHATSAPP, "the number has left WhatsApp", _whatsapp_is_gone),
    Way(ChannelCode.WHATSAPP, "after STOP", _stopped_whatsapp, well=False),
    Way(ChannelCode.SMS, "as always", _by_sms),
    Way(ChannelCode.SMS, "the number cannot be reached", _number_is_gone, well=False),
    Way(ChannelCode.SMS, "after STOP", _stopped_sms, well=False),
    Way(ChannelCode.WEBCHAT, "as always", _in_the_web_chat),
    Way(ChannelCode.CALL_CENTER, "as always", _on_the_phone),
)
"""In the order of the table. What is not approved yet comes before what is: approval is given in between."""

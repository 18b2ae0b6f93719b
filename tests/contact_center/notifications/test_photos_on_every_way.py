"""An agency's photos, sent over the API, as they arrive on each channel: byte for byte, or as a link that opens."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import httpx
import pytest
from sqlalchemy import select
from telegram import Bot

from contact_center.accounts.api_keys import create_key
from contact_center.cases import service
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode
from contact_center.channels.twilio import WhatsAppChannel
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications import followers
from tests.contact_center.attachments.sample_files import PDF, jpeg, png
from tests.contact_center.notifications.test_table import A_TUESDAY_MORNING
from tests.contact_center.notifications.ways import APPROVED, WAYS, Person, Way, World, running_world
from tests.fakes.telegram import Citizen as TelegramCitizen
from tests.moved_clock import clock_moved

PHOTO, SECOND = jpeg(comment=b"after"), png(5, 5)
FILES = (PHOTO, SECOND, PDF)
LINK = re.compile(r"(?:الصورة|الملف): (http://\S+)")
BY_NAME = {f"{way.channel}, {way.how}": way for way in WAYS if way.well}
SHOWN = ("as always", "within 24 hours")
"""How it is with channels that show files as they are."""


@pytest.fixture
async def world(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    with clock_moved(A_TUESDAY_MORNING - datetime.now(UTC)):
        async with running_world(database, database_url, tmp_path) as world:
            world.twilio.clock_ahead = A_TUESDAY_MORNING - datetime.now(UTC)
            yield world


async def file_case(world: World, conversation: Conversation | None) -> Case:
    theirs = {"channel": ChannelCode.WEBCHAT.value}
    if conversation is not None:
        theirs = {"conversation_id": conversation.id, "identity_id": conversation.identity_id}
        theirs["channel"] = conversation.channel
    form = {"type": "complaint", "category": "road.pothole", "description": "حفرة", "governorate": "muharraq"}
    async with world.database.transaction() as session:
        return await service.file(session, NewCase(**form, **theirs))


async def reply(world: World, case: Case, *contents: bytes, text: str = "تم ردم الحفرة") -> None:
    async with world.database.transaction() as session:
        key = await create_key(session, f"agency {case.reference}", actor="test")
    files = [("files", (f"بعد {number}", content, "image/jpeg")) for number, content in enumerate(contents)]
    url = f"{world.twilio.public_url}/api/v1/cases/{case.reference}/reply"
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Authorization": f"Bearer {key}"}
        answer = await http.post(url, data={"text": text, "close": "true"}, files=files, headers=headers)
    assert answer.status_code == 201, answer.text


async def received(person: Person) -> list[bytes]:
    """The files that came, as they are or behind their links."""
    came = []
    for telephone in person.telephones.values():
        for heard in telephone.heard:
            came += await behind(LINK.findall(heard.text))
        if isinstance(telephone, TelegramCitizen):
            came += [heard.file.content for heard in telephone.heard if heard.file]
        else:
            came += [file.content for heard in telephone.heard for file in heard.files]
    return came


async def behind(links: list[str]) -> list[bytes]:
    async with httpx.AsyncClient(trust_env=False) as anybody:
        return [(await anybody.get(link)).raise_for_status().content for link in links]


async def meet(world: World, way: Way) -> Person:
    if way.how == APPROVED:  # handed in with the first message that needs it
        earlier = await way.meet(world, "ar")
        await reply(world, await file_case(world, earlier.conversation))
        await world.deliver()
        world.twilio.decide("approved")
        whatsapp = world.channels[ChannelCode.WHATSAPP]
        assert isinstance(whatsapp, WhatsAppChannel)
        whatsapp.approvals.look_again()
    return await way.meet(world, "ar")


@pytest.mark.parametrize("name", BY_NAME)
async def test_all_files_arrive_whatever_the_way(name: str, world: World) -> None:
    way = BY_NAME[name]
    person = await meet(world, way)
    await reply(world, await file_case(world, person.conversation), *FILES)
    await world.deliver()
    if way.channel == ChannelCode.WEBCHAT:  # fetched from the outbox, see test_chat_files_from_us.py
        assert [len(row.attachments) for row in await rows(world, person)] == [3, 0]
        return
    assert sorted(await received(person)) == sorted(FILES)
    words = [heard.text for telephone in person.telephones.values() for heard in telephone.heard]
    assert sum("تم ردم الحفرة" in text for text in words) == 1
    linked = any(LINK.search(text) for text in words)
    assert linked == (way.channel in (ChannelCode.SMS, ChannelCode.CALL_CENTER) or way.how not in SHOWN), words


async def rows(world: World, person: Person) -> list[OutboxMessage]:
    async with world.database.transaction() as session:
        mine = select(OutboxMessage).where(OutboxMessage.conversation_id == person.conversation.id)
        return list(await session.scalars(mine.order_by(OutboxMessage.id)))


async def test_who_joined_the_case_gets_the_photos_of_the_reply_too(world: World) -> None:
    follower = await BY_NAME["telegram, as always"].meet(world, "ar")
    case = await file_case(world, None)
    async with world.database.transaction() as session:
        theirs = {"identity_id": follower.conversation.identity_id, "conversation_id": follower.conversation.id}
        session.add(CaseFollower(case_id=case.id, **theirs))
    await reply(world, case, PHOTO)
    async with world.database.transaction() as session:
        event_id = (await session.scalars(select(CaseEvent.id).where(CaseEvent.kind == "reply"))).one()
    for _ in range(2):
        await followers.tell(world.database, event_id)
        await world.deliver()
    assert await received(follower) == [PHOTO]


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "the last"])
async def test_a_photo_that_twilio_cannot_fetch_goes_by_sms_as_a_link(which: int, world: World) -> None:
    person = await BY_NAME["whatsapp, within 24 hours"].meet(world, "ar")
    await reply(world, await file_case(world, person.conversation), PHOTO, SECOND)
    world.twilio.fail_next(later=63019, skip=which)
    await world.deliver()
    first, *_ = await rows(world, person)
    assert (first.status, first.error) == ("failed", "63019")
    by_sms = person.telephones["sms"].heard
    assert len(by_sms) == 1
    assert await behind(LINK.findall(by_sms[0].text)) == [PHOTO, SECOND]


async def test_a_worker_that_died_between_two_parts_is_followed_by_one_that_sends_the_rest(world: World) -> None:
    person = await BY_NAME["telegram, as always"].meet(world, "ar")
    await reply(world, await file_case(world, person.conversation), PHOTO, PDF, text="ت" * 1500)
    citizen = person.telephones["telegram"]

    async def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with mock.patch.object(Bot, "send_document", killed), pytest.raises(SystemExit):
        await world.delivery.deliver(person.conversation.id)
    before = len(citizen.heard)
    await world.deliver()
    assert before == 2
    assert sum("ت" * 1000 in heard.text for heard in citizen.heard) == 1
    assert await received(person) == [PHOTO, PDF]

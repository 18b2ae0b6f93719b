"""Nights, windows that shut unseen, what takes the place of what failed, and phone callers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from contact_center.agencies.queries import catalogue
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.clock import BAHRAIN, now
from contact_center.conversations import outbox, rating_question
from contact_center.conversations.call_desk import begin_call
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event, tell_filed
from contact_center.notifications.quiet_hours import held_until
from tests.contact_center.notifications.ways import World, running_world
from tests.moved_clock import clock_moved

NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
EVENING = datetime(2026, 11, 24, 17, 59, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 20, tzinfo=UTC)
"""Eleven at night in Bahrain."""
MORNING = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture
async def world(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    with clock_moved(NOON - datetime.now(UTC)):
        async with running_world(database, database_url, tmp_path) as world:
            world.twilio.clock_ahead = NOON - datetime.now(UTC)
            yield world


async def case_of(world: World, conversation: Conversation, **form: str) -> Case:
    async with world.database.transaction() as session:
        told = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "governorate": "muharraq"}
        new = NewCase(
            **told,
            **form,
            channel=conversation.channel,
            conversation_id=conversation.id,
            identity_id=conversation.identity_id,
        )
        case = await service.file(session, new)
        await tell_filed(session, case)
        return case


async def reply(world: World, case: Case, text: str = "تم الرفع") -> CaseEvent:
    async with world.database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await service.reply(session, own, text, close=True, actor="account:omar")
        await tell_event(session, await catalogue(session), own, event)
        return event


async def rows(world: World) -> list[OutboxMessage]:
    async with world.database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


@pytest.mark.parametrize(
    ("channel", "at", "heard_before", "until"),
    [
        ("telegram", NOON, timedelta(days=2), None),
        ("telegram", NIGHT, timedelta(days=2), MORNING),
        ("whatsapp", MORNING - timedelta(seconds=1), timedelta(days=2), MORNING),
        ("sms", MORNING, timedelta(days=2), None),
        ("sms", datetime(2026, 11, 24, 18, tzinfo=UTC), None, MORNING),
        ("telegram", NIGHT, timedelta(minutes=20), None),
        ("webchat", NIGHT, timedelta(days=2), None),
    ],
)
def test_nobody_is_woken(channel: str, at: datetime, heard_before: timedelta | None, until: datetime | None) -> None:
    heard = None if heard_before is None else at - heard_before
    assert held_until(Conversation(channel=channel, last_inbound_at=heard), at) == until


async def test_at_night_a_reply_waits_for_eight_and_nothing_else_waits_with_it(world: World) -> None:
    citizen = world.telegram.citizen()
    conversation = await world.conversation(ChannelCode.TELEGRAM, str(citizen.id), "ar", heard=False)
    case = await case_of(world, conversation)
    with clock_moved(NIGHT - datetime.now(UTC)):
        await reply(world, case)
        await world.deliver()
        assert citizen.heard == []
        async with world.database.transaction() as session:
            begun = await session.get_one(Conversation, conversation.id)
            assert await rating_question.open_for(session, begun) is None  # not asked yet
            await outbox.say(session, begun, "حياك الله")
            assert await outbox.let_go(session, now()) == 0
        await world.deliver()
        assert [heard.text for heard in citizen.heard] == ["حياك الله"]
    assert {row.send_after.astimezone(BAHRAIN).hour for row in await rows(world) if row.send_after} == {8}
    with clock_moved(MORNING + timedelta(minutes=1) - datetime.now(UTC)):
        async with world.database.transaction() as session:
            assert await outbox.let_go(session, now()) == 1
            assert await outbox.let_go(session, now()) == 0
        await world.deliver()
        assert ["تم الرفع" in heard.text for heard in citizen.heard] == [False, True, False]
        assert "شرايك" in citizen.heard[-1].text


async def test_what_fails_on_whatsapp_at_night_comes_by_sms_in_the_morning(world: World) -> None:
    phone = world.phone()
    by_sms = world.twilio.citizen(phone, channel="sms")  # not on WhatsApp
    conversation = await world.conversation(ChannelCode.WHATSAPP, phone, "ar", heard=True)
    with clock_moved(EVENING - datetime.now(UTC)):
        await reply(world, await case_of(world, conversation))
    with clock_moved(NIGHT - datetime.now(UTC)):  # the worker was away meanwhile
        await world.deliver()
        assert by_sms.heard == []
    with clock_moved(MORNING + timedelta(minutes=1) - datetime.now(UTC)):
        async with world.database.transaction() as session:
            await outbox.let_go(session, now())
        await world.deliver()
    assert "تم الرفع" in by_sms.heard[0].text


async def test_a_window_that_shut_unseen_is_met_with_the_approved_template(world: World) -> None:
    phone = world.phone()
    citizen = world.twilio.citizen(phone)
    conversation = await world.conversation(ChannelCode.WHATSAPP, phone, "ar", heard=False)
    await reply(world, await case_of(world, conversation))
    await world.deliver()  # hands the templates in
    world.twilio.decide()
    world.channels[ChannelCode.WHATSAPP].approvals.look_again()  # type: ignore[attr-defined]
    async with world.database.transaction() as session:  # we think that the window is open, WhatsApp does not
        await session.execute(update(Conversation).values(last_inbound_at=now()))
    case = await case_of(world, conversation, block="203")
    event = await reply(world, case)
    await world.deliver()
    of_it = [row for row in await rows(world) if row.case_event_id == event.id]
    assert [(row.status, row.error, row.instead_of is None) for row in of_it] == [
        ("failed", "63016", True),
        ("failed", "63016", True),
        ("delivered", None, False),
        ("delivered", None, False),
    ]
    assert [bool(heard.template_sid) for heard in citizen.heard] == [True, True]
    assert case.reference in citizen.heard[0].text


async def test_a_template_that_is_refused_gives_way_to_an_sms_once(world: World) -> None:
    phone = world.phone()
    world.twilio.citizen(phone)
    by_sms = world.twilio.citizen(phone, channel="sms")
    conversation = await world.conversation(ChannelCode.WHATSAPP, phone, "ar", heard=False)
    await reply(world, await case_of(world, conversation))
    await world.deliver()
    await world.deliver()
    assert len(by_sms.heard) == 2
    assert by_sms.heard[0].text.startswith("«تواصل»: وصل رد من")
    numbers = by_sms.heard[1].text
    assert all(str(number) in numbers for number in range(1, 6))


async def test_long_words_are_cut_for_the_template_and_say_where_the_rest_is(world: World) -> None:
    phone = world.phone()
    citizen = world.twilio.citizen(phone)
    conversation = await world.conversation(ChannelCode.WHATSAPP, phone, "ar", heard=False)
    await reply(world, await case_of(world, conversation))
    await world.deliver()
    world.twilio.decide()
    world.channels[ChannelCode.WHATSAPP].approvals.look_again()  # type: ignore[attr-defined]
    await reply(world, await case_of(world, conversation, block="203"), "تم ردم الحفرة. " * 200)
    await world.deliver()
    words = citizen.heard[0].text
    assert len(words) <= 1024
    assert "الباقي: بإرسال رقم الطلب" in words


async def test_who_filed_by_phone_has_the_number_and_the_reply_by_sms_and_may_rate_it(world: World) -> None:
    phone = world.phone()
    citizen = world.twilio.citizen(phone, channel="sms")
    async with world.database.transaction() as session:
        call = await begin_call(session, phone)
    case = await case_of(world, call)
    for _ in range(2):
        async with world.database.transaction() as session:
            await tell_filed(session, await session.get_one(Case, case.id))
    await reply(world, case)
    await world.deliver()
    assert [case.reference in heard.text for heard in citizen.heard] == [True, True, True]
    assert "تم الرفع" in citizen.heard[1].text
    async with world.database.transaction() as session:
        identity = await identity_for(session, ChannelCode.SMS, phone, verified_phone=phone)
        own = await session.get_one(Case, case.id)
        assert await queries.may_see_all(session, own, identity.id, phone)
        by_sms = await session.scalar(select(Conversation).where(Conversation.channel == "sms"))
        assert by_sms is not None
        assert await rating_question.open_for(session, by_sms) == case.reference
        other = await identity_for(session, ChannelCode.SMS, world.phone(), verified_phone="+97336000000")
        assert not await queries.may_see_all(session, own, other.id, "+97336000000")
        assert [found.reference for found in await queries.cases_of(session, identity.id, phone)] == [case.reference]


async def test_a_withheld_number_is_told_nothing(world: World) -> None:
    async with world.database.transaction() as session:
        call = await begin_call(session, None)
    case = await case_of(world, call)
    await reply(world, case)
    assert await rows(world) == []

"""What an agency has asked is known in the conversation where it was asked, until it is answered."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from contact_center.agencies.queries import catalogue
from contact_center.cases import aftercare, service
from contact_center.cases.following import Addition, join
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations import agency_question, outbox
from contact_center.conversations.agency_question import AgencyQuestion
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event

pytestmark = pytest.mark.usefixtures("by_day")

MESSAGE = UUID("0b1f9c2e-6f7a-4c8e-9a55-0f3f4d4c5b6a")


async def asks(database: Database, case: Case, words: str | None = "أي مبنى بالضبط؟") -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await service.set_status(session, own, "waiting", actor="key:x", text=words)
        await tell_event(session, await catalogue(session), own, event)


async def open_question(
    database: Database, conversation_id: UUID | None, *, quotes: str | None = None, message: UUID | None = None
) -> AgencyQuestion | None:
    said = InboundMessage(channel=ChannelCode.WEBCHAT, address="x", provider_id="1", text="رقم 12", replies_to=quotes)
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        return await agency_question.open_for(session, conversation, message or uuid4(), said)


async def says(database: Database, conversation_id: UUID | None, text: str = "هلا") -> None:
    async with database.transaction() as session:
        await outbox.say(session, await session.get_one(Conversation, conversation_id), text)


async def another(database: Database, case: Case) -> Case:
    form = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "channel": "webchat"}
    async with database.transaction() as session:
        new = NewCase(
            **form, governorate="muharraq", conversation_id=case.conversation_id, identity_id=case.identity_id
        )
        return await service.file(session, new)


async def test_the_newest_thing_said_then_still_open(database: Database, case: Case) -> None:
    assert await open_question(database, case.conversation_id) is None
    await asks(database, case)
    assert await open_question(database, case.conversation_id) == AgencyQuestion(case.reference, case.category, True)
    await says(database, case.conversation_id)
    assert await open_question(database, case.conversation_id) == AgencyQuestion(case.reference, case.category, False)


async def test_over_once_it_is_answered_save_for_the_message_that_did(database: Database, case: Case) -> None:
    await asks(database, case)
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        await aftercare.add_information(session, own, "رقم 12", idempotency_key=f"{MESSAGE}:information")
    assert await open_question(database, case.conversation_id) is None
    assert await open_question(database, case.conversation_id, message=MESSAGE) is not None


async def test_over_when_the_case_ends_or_goes_on_by_itself(database: Database, case: Case) -> None:
    await asks(database, case)
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), "in_progress", actor="key:x")
    assert await open_question(database, case.conversation_id) is None


async def test_a_status_without_a_question_asks_nothing(database: Database, case: Case) -> None:
    await asks(database, case, None)
    assert await open_question(database, case.conversation_id) is None


async def test_of_two_the_newest_or_the_one_that_is_quoted(database: Database, case: Case) -> None:
    second = await another(database, case)
    await asks(database, case)
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(provider_id="77"))
    await asks(database, second)
    newest = await open_question(database, case.conversation_id)
    assert newest == AgencyQuestion(second.reference, second.category, True)
    quoted = await open_question(database, case.conversation_id, quotes="77")
    assert quoted == AgencyQuestion(case.reference, case.category, True)
    unknown = await open_question(database, case.conversation_id, quotes="78")
    assert unknown == newest


async def test_what_waits_for_the_morning_has_not_been_asked_yet(database: Database, case: Case) -> None:
    await asks(database, case)
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(send_after=now() + timedelta(hours=3)))
    assert await open_question(database, case.conversation_id) is None


async def test_it_is_the_filers_to_answer(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        identity = await identity_for(session, "webchat", str(uuid4()), None, None)
        follower = Conversation(id=uuid4(), channel="webchat", address=str(uuid4()), identity_id=identity.id)
        session.add(follower)
        await session.flush()
        added = Addition(identity.id, follower.id, "عندنا بعد", "1")
        await join(session, await session.get_one(Case, case.id), added, own=False)
    await asks(database, case)
    await says(database, follower.id)
    assert await open_question(database, follower.id) is None


@pytest.mark.parametrize("given", ["contact", "caller"])
async def test_who_filed_by_phone_is_asked_and_answers_by_sms(database: Database, given: str) -> None:
    phone = "+97336004455"
    async with database.transaction() as session:
        identity = await identity_for(session, "call_center", str(uuid4()), None, None)
        call = Conversation(
            id=uuid4(), channel="call_center", address=str(uuid4()), identity_id=identity.id, caller_phone=phone
        )
        session.add(call)
        form = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "channel": "call_center"}
        contact = phone if given == "contact" else None
        new = NewCase(**form, governorate="muharraq", conversation_id=call.id, contact_phone=contact)
        case = await service.file(session, new)
    await asks(database, case)
    async with database.transaction() as session:
        by_sms = select(Conversation.id).where(Conversation.channel == "sms", Conversation.address == phone)
        conversation = await session.scalar(by_sms)
    found = await open_question(database, conversation)
    assert found is not None
    assert found.reference == case.reference
    assert await open_question(database, call.id) is None

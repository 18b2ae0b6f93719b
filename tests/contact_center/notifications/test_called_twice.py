"""Whoever calls twice about the same case is told of it once: two calls have one phone."""

from uuid import uuid4

from sqlalchemy import select

from contact_center.agencies.queries import catalogue
from contact_center.cases import service
from contact_center.cases.following import Addition, join
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.conversations.call_desk import begin_call
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications import followers
from contact_center.notifications.case_events import tell_event

FILER, JOINER = "+97336001001", "+97336001002"


async def filed_by_phone(database: Database) -> Case:
    async with database.transaction() as session:
        call = await begin_call(session, FILER)
        form = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "governorate": "muharraq"}
        whose = {"channel": "call_center", "conversation_id": call.id, "identity_id": call.identity_id}
        return await service.file(session, NewCase(**form, **whose))  # type: ignore[arg-type]


async def calls_about(database: Database, case: Case, phone: str) -> None:
    async with database.transaction() as session:
        call = await begin_call(session, phone)
        addition = Addition(call.identity_id, call.id, "وأنا بعد", str(uuid4()))
        assert await join(session, await session.get_one(Case, case.id), addition, own=False)


async def test_each_phone_is_told_once(database: Database) -> None:
    case = await filed_by_phone(database)
    for phone in (FILER, JOINER, JOINER):
        await calls_about(database, case, phone)
    async with database.transaction() as session:
        case = await session.get_one(Case, case.id)
        event = await service.reply(session, case, "تم رفعها", close=False, actor="key:x")
        await tell_event(session, await catalogue(session), case, event)
    for _ in range(2):  # as after a worker that died
        await followers.tell(database, event.id)
    async with database.transaction() as session:
        rows = select(Conversation.address).join(OutboxMessage, OutboxMessage.conversation_id == Conversation.id)
        told = list(await session.scalars(rows.where(OutboxMessage.role == "agency")))
    assert sorted(told) == [FILER, JOINER]

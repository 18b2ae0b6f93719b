"""What a citizen is told of their case: each kind of word in its own sentence, once; a rating only after a reply."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.queries import catalogue
from contact_center.cases import service
from contact_center.cases.models import Case, CaseFollower
from contact_center.citizens.service import identity_for
from contact_center.clock import BAHRAIN
from contact_center.conversations import rating_question
from contact_center.conversations.models import Conversation, Handoff, OutboxMessage
from contact_center.database import Database
from contact_center.notifications import followers
from contact_center.notifications.case_events import tell_event
from contact_center.notifications.dates import readable_day

CALENDAR = WorkingCalendar()


def working_day_after(moment: datetime, days: int) -> date:
    return CALENDAR.add_working_days(moment, days).astimezone(BAHRAIN).date()


async def told(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


async def test_another_date_is_told_with_its_reason_once(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    day = working_day_after(case.due_at, 2)
    body = {"text": "ننتظر قطعة من الخارج", "due_on": day.isoformat()}
    for _ in range(3):
        answer = await agency.post(
            f"/api/v1/cases/{case.reference}/interim-reply", json=body, headers={"Idempotency-Key": "1"}
        )
        assert answer.status_code == 201
    assert datetime.fromisoformat(answer.json()["due_at"]) == CALENDAR.stretches(day)[-1][1]
    (message,) = await told(database)
    due = CALENDAR.stretches(day)[-1][1]
    assert (message.role, message.buttons) == ("agency", [])
    for shown in ("بلدية المحرق", f"\u2066{case.reference}\u2069", "ننتظر قطعة من الخارج", readable_day(due, "ar")):
        assert shown in message.text


async def test_it_is_promised_once(agency: httpx.AsyncClient, database: Database, case: Case) -> None:
    days = [working_day_after(case.due_at, ahead).isoformat() for ahead in (2, 4)]
    answers = [
        await agency.post(f"/api/v1/cases/{case.reference}/interim-reply", json={"text": "تأخير", "due_on": day})
        for day in days
    ]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert len(await told(database)) == 1


@pytest.mark.parametrize("ahead", [-1, 0])
async def test_not_for_a_day_before_the_deadline(
    agency: httpx.AsyncClient, database: Database, case: Case, ahead: int
) -> None:
    day = case.due_at.astimezone(BAHRAIN).date() + timedelta(days=ahead)
    answer = await agency.post(
        f"/api/v1/cases/{case.reference}/interim-reply", json={"text": "تأخير", "due_on": day.isoformat()}
    )
    assert answer.status_code == 422
    assert await told(database) == []


async def test_not_for_a_day_off(agency: httpx.AsyncClient, case: Case) -> None:
    friday = case.due_at.date() + timedelta(days=(4 - case.due_at.weekday()) % 7 + 7)
    answer = await agency.post(
        f"/api/v1/cases/{case.reference}/interim-reply", json={"text": "تأخير", "due_on": friday.isoformat()}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("status", ["waiting", "closed"])
async def test_not_while_the_clock_stands(
    agency: httpx.AsyncClient, database: Database, case: Case, status: str
) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
    day = working_day_after(case.due_at, 2).isoformat()
    answer = await agency.post(f"/api/v1/cases/{case.reference}/interim-reply", json={"text": "تأخير", "due_on": day})
    assert answer.status_code == 409


@pytest.mark.parametrize(("status", "sentence"), [("waiting", "تحتاج منك معلومة"), ("in_progress", "رسالة من")])
async def test_a_word_with_a_status_is_no_reply_to_be_rated(
    database: Database, case: Case, status: str, sentence: str
) -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await service.set_status(session, own, status, text="أي مبنى؟", actor="account:omar")
        await tell_event(session, await catalogue(session), own, event)
    (message,) = await told(database)
    assert sentence in message.text
    assert "أي مبنى؟" in message.text


async def test_where_it_was_sent_on_to_is_told_without_the_reason(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    for _ in range(2):
        body, headers = {"agency": "sce", "reason": "سر المهنة"}, {"Idempotency-Key": "1"}
        answer = await agency.post(f"/api/v1/cases/{case.reference}/transfer", json=body, headers=headers)
        assert (answer.status_code, answer.json()["agency"]) == (201, "sce")
    (message,) = await told(database)
    due = datetime.fromisoformat(answer.json()["due_at"])
    for shown in (case.reference, "المجلس الأعلى للبيئة", readable_day(due, "ar")):
        assert shown in message.text
    assert "سر المهنة" not in message.text


async def test_a_category_that_was_put_right_is_not_told(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    body = {"agency": case.agency, "category": "road.pothole", "reason": "حفرة"}
    assert (await agency.post(f"/api/v1/cases/{case.reference}/transfer", json=body)).status_code == 201
    assert await told(database) == []


async def test_who_joined_is_not_asked_about_the_reply_when_an_agent_hands_back(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        address = uuid4()
        identity = await identity_for(session, "webchat", str(address), None, None)
        joiner = Conversation(id=address, channel="webchat", address=str(address), identity_id=identity.id)
        session.add(joiner)
        await session.flush()
        session.add(CaseFollower(case_id=case.id, identity_id=identity.id, conversation_id=joiner.id))
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        reply = await service.reply(session, own, "تم الرفع", close=True, actor="key:x")
    await followers.tell(database, reply.id)
    async with database.transaction() as session:
        hers = await session.get_one(Conversation, joiner.id)
        session.add(handoff_of(hers))
        await session.flush()
        await rating_question.ask_what_waited(session, hers)
    (message,) = [row for row in await told(database) if row.conversation_id == joiner.id]
    assert "المشتركة" in message.text


def handoff_of(conversation: Conversation) -> Handoff:
    """An agent's hour around now."""
    present = datetime.now(UTC)
    return Handoff(
        conversation_id=conversation.id,
        reason="request",
        language="ar",
        status="ended",
        requested_at=present - timedelta(hours=1),
        taken_at=present - timedelta(hours=1),
        ended_at=present + timedelta(hours=1),
    )

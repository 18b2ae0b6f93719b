"""Who wrote a compliment hears in one warm sentence that it arrived, and is asked for no rating."""

import httpx
import pytest
from sqlalchemy import select

from contact_center.agencies.queries import catalogue
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.cases.praise import pass_on
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event


async def told(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


async def thanks(database: Database, case: Case, description: str) -> Case:
    form = {"type": "compliment", "category": "waste.collection", "description": description, "channel": "webchat"}
    async with database.transaction() as session:
        new = NewCase(**form, governorate="muharraq", conversation_id=case.conversation_id)
        return await service.file(session, new)


@pytest.mark.parametrize(
    ("description", "whom"), [("شكرا للموظف أحمد علي", "وصل إلى أحمد علي"), ("مشكورين", "وصل لأصحابه في بلدية المحرق")]
)
async def test_that_it_was_passed_on_is_told_once(database: Database, case: Case, description: str, whom: str) -> None:
    compliment = await thanks(database, case, description)
    for _ in range(2):
        async with database.transaction() as session:
            own = await session.get_one(Case, compliment.id)
            event = await pass_on(session, own, actor="account:sami")
            await tell_event(session, await catalogue(session), own, event)
    (message,) = await told(database)
    assert whom in message.text
    assert compliment.reference in message.text
    assert message.buttons == []


async def test_an_answer_to_it_is_not_asked_to_be_rated(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    compliment = await thanks(database, case, "مشكورين")
    answer = await agency.post(f"/api/v1/cases/{compliment.reference}/reply", json={"text": "نقلنا شكركم للفريق"})
    assert (answer.status_code, answer.json()["due_at"], answer.json()["status"]) == (201, None, "answered")
    (message,) = await told(database)
    assert "نقلنا شكركم للفريق" in message.text


async def test_closed_without_a_word_nobody_is_told_of_anything_unsolved(database: Database, case: Case) -> None:
    compliment = await thanks(database, case, "مشكورين")
    async with database.transaction() as session:
        own = await session.get_one(Case, compliment.id)
        event = await service.set_status(session, own, "closed", actor="account:sami")
        assert not await tell_event(session, await catalogue(session), own, event)
    assert await told(database) == []


async def test_no_other_date_is_promised_for_it(agency: httpx.AsyncClient, database: Database, case: Case) -> None:
    compliment = await thanks(database, case, "مشكورين")
    body = {"text": "تأخير", "due_on": "2030-01-06"}
    assert (await agency.post(f"/api/v1/cases/{compliment.reference}/interim-reply", json=body)).status_code == 409
    assert await told(database) == []

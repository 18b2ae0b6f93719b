"""After a reply the person is asked once what it was worth; the question spoils no other, and is known while newest."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, update

from contact_center.accounts import service as accounts
from contact_center.attachments.storage import Storage
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.conversations import buttons, handoff, outbox, rating_question
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import Conversation, Handoff, InboxMessage, OutboxMessage
from contact_center.conversations.outcomes import Outcome
from contact_center.database import Database
from tests.contact_center.conversations.test_handling import assistant, greeting

YES_NO = [{"title": "نعم", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]


async def said(database: Database, case: Case) -> list[OutboxMessage]:
    async with database.transaction() as session:
        mine = select(OutboxMessage).where(OutboxMessage.conversation_id == case.conversation_id)
        return list(await session.scalars(mine.order_by(OutboxMessage.id)))


async def asked_about(database: Database, case: Case) -> str | None:
    async with database.transaction() as session:
        return await rating_question.open_for(session, await session.get_one(Conversation, case.conversation_id))


async def reply(agency: httpx.AsyncClient, case: Case, key: str = "1") -> None:
    body, headers = {"text": "تم رفع المخلفات"}, {"Idempotency-Key": key}
    answer = await agency.post(f"/api/v1/cases/{case.reference}/reply", json=body, headers=headers)
    assert answer.status_code == 201


async def test_it_follows_the_reply_with_a_button_for_each_number(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    await reply(agency, case)
    await reply(agency, case)
    words, question = await said(database, case)
    assert (words.role, question.role, question.expects) == ("agency", "assistant", None)
    payloads = [json.loads(button["payload"].removeprefix("/rate_reply")) for button in question.buttons]
    assert payloads == [{"reference": case.reference.replace("-", ""), "rating": str(stars)} for stars in range(1, 6)]
    assert await asked_about(database, case) == case.reference


async def test_every_reply_is_asked_about(agency: httpx.AsyncClient, database: Database, case: Case) -> None:
    for key in ("1", "2"):
        await reply(agency, case, key)
    assert [line.role for line in await said(database, case)] == ["agency", "assistant"] * 2


async def test_a_number_typed_is_a_rating_in_any_digits(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    await reply(agency, case)
    async with database.transaction() as session:
        open_ = await buttons.open_buttons(session, await session.get_one(Conversation, case.conversation_id))
    assert open_
    assert json.loads(str(open_.typed("٥")).removeprefix("/rate_reply"))["rating"] == "5"


async def test_it_is_over_once_something_else_was_said_or_two_weeks_have_passed(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    assert await asked_about(database, case) is None
    await reply(agency, case)
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(created_at=now() - timedelta(days=14, minutes=1)))
    assert await asked_about(database, case) is None
    await reply(agency, case, "2")
    assert await asked_about(database, case) == case.reference
    async with database.transaction() as session:
        await outbox.add(session, await session.get_one(Conversation, case.conversation_id), "هلا")
    assert await asked_about(database, case) is None


async def test_it_makes_no_open_question_stale(agency: httpx.AsyncClient, database: Database, case: Case) -> None:
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, case.conversation_id)
        form = await outbox.add(session, conversation, "نرسلها؟", buttons=YES_NO, expects="confirm")
    await reply(agency, case)
    async with database.transaction() as session:
        assert await buttons.pressed(session, conversation, buttons.token(form or 0, 0)) == "/affirm"


async def test_what_a_person_wants_later_comes_by_other_systems_too(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    base = f"/api/v1/cases/{case.reference}"
    assert (await agency.post(f"{base}/rating", json={"rating": 4})).status_code == 409
    assert (await agency.post(f"{base}/information", json={"text": "بعدها موجودة"})).status_code == 201
    await reply(agency, case)
    assert (await agency.post(f"{base}/rating", json={"rating": 6})).status_code == 422
    assert (await agency.post(f"{base}/rating", json={"rating": 2})).json()["rating"] == 2
    assert (await agency.post(f"{base}/reopen", json={"reason": " "})).status_code == 422
    assert (await agency.post(f"{base}/reopen", json={"reason": "ما تصلح"})).json()["status"] == "reopened"
    assert (await agency.post(f"{base}/withdraw", json={})).json()["status"] == "withdrawn"
    assert (await agency.post("/api/v1/cases/26-0000-0000/withdraw", json={})).status_code in (404, 422)


@pytest.fixture
async def taken(database: Database, case: Case) -> Case:
    """The same, and an agent has the conversation."""
    async with database.transaction() as session:
        await accounts.create_account(session, "noora", "agent", actor="test", display_name="نورة")
        await handoff.take(session, UUID(str(case.conversation_id)), "noora", actor="test")
    return case


async def hand_back(database: Database, case: Case, storage: Path) -> None:
    """Hand the conversation back, and let the assistant say so."""
    async with database.transaction() as session:
        await handoff.release(session, UUID(str(case.conversation_id)), actor="test")
        notice = (await session.scalars(select(InboxMessage).where(InboxMessage.status == "received"))).one()
    async with assistant(greeting) as (client, _):
        for tries in range(2):
            await Handler(database, client, {}, Storage(storage)).handle(notice.id, tries=tries)


async def test_while_an_agent_has_the_conversation_it_waits_for_the_way_back(
    agency: httpx.AsyncClient, database: Database, taken: Case, tmp_path: Path
) -> None:
    for key in ("1", "2"):
        await reply(agency, taken, key)
    assert [line.role for line in await said(database, taken)] == ["system", "agency", "agency"]
    await hand_back(database, taken, tmp_path)
    lines = await said(database, taken)
    assert [line.role for line in lines[3:]] == ["assistant", "assistant"], "one question, about the newest reply"
    assert (lines[3].text, len(lines[4].buttons)) == ("هلا", 5)
    assert await asked_about(database, taken) == taken.reference


async def test_it_is_asked_too_where_an_agent_passed_it_on_and_the_next_one_ended_it(
    agency: httpx.AsyncClient, database: Database, taken: Case
) -> None:
    await reply(agency, taken)
    talk = UUID(str(taken.conversation_id))
    async with database.transaction() as session:
        await accounts.create_account(session, "ali", "agent", actor="test", display_name="علي")
        await accounts.set_duty(session, "ali", on=True, actor="test")
        await handoff.transfer(session, talk, "ali", agent="noora", actor="account:noora")
    async with database.transaction() as session:
        await handoff.resolve(session, talk, Outcome.INFORMED, agent="ali", actor="account:ali")
    roles = [line.role for line in await said(database, taken)]
    assert roles == ["system", "agency", "system", "system", "assistant"]
    assert await asked_about(database, taken) == taken.reference


async def test_what_was_asked_before_is_not_asked_again_on_the_way_back(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    await reply(agency, case)
    async with database.transaction() as session:
        await accounts.create_account(session, "noora", "agent", actor="test", display_name="نورة")
        await handoff.take(session, UUID(str(case.conversation_id)), "noora", actor="test")
    await hand_back(database, case, tmp_path)
    assert [line.role for line in await said(database, case)] == ["agency", "assistant", "system", "assistant"]


async def test_what_can_no_longer_be_rated_is_not_asked_about(
    agency: httpx.AsyncClient, database: Database, taken: Case, tmp_path: Path
) -> None:
    await reply(agency, taken)
    before = {"created_at": now() - timedelta(days=15)}
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(**before))
        await session.execute(update(Handoff).values(requested_at=now() - timedelta(days=16)))
    await hand_back(database, taken, tmp_path)
    assert [line.role for line in await said(database, taken)] == ["system", "agency", "assistant"]

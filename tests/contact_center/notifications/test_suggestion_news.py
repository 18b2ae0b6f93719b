"""What becomes of a suggestion is told: within the answer, and again each time that it goes on."""

import httpx
import pytest
from sqlalchemy import select

from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database

REPLY = {"text": "نشكرك على الفكرة"}


async def told(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


@pytest.fixture
async def idea(database: Database, case: Case) -> Case:
    """A suggestion from the same conversation."""
    form = {"type": "suggestion", "category": "waste.collection", "description": "حاويات تدوير", "channel": "webchat"}
    async with database.transaction() as session:
        return await service.file(
            session, NewCase(**form, governorate="muharraq", conversation_id=case.conversation_id)
        )


@pytest.mark.parametrize(("language", "said"), [("ar", "النتيجة: قيد الدراسة"), ("en", "Outcome: under study")])
async def test_the_answer_says_it_in_words(
    agency: httpx.AsyncClient, database: Database, idea: Case, language: str, said: str
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Conversation, idea.conversation_id)).language = language
    address, headers = f"/api/v1/cases/{idea.reference}/reply", {"Idempotency-Key": "1"}
    for _ in range(2):
        answer = await agency.post(address, json=REPLY | {"outcome": "under_study"}, headers=headers)
        assert (answer.status_code, answer.json()["outcome"], answer.json()["status"]) == (
            201,
            "under_study",
            "answered",
        )
    message, rating = await told(database)
    assert REPLY["text"] in message.text
    assert said in message.text
    assert len(rating.buttons) == 5


async def test_it_is_told_as_it_goes_on_without_a_rating(
    agency: httpx.AsyncClient, database: Database, idea: Case
) -> None:
    await agency.post(f"/api/v1/cases/{idea.reference}/reply", json=REPLY | {"outcome": "under_study", "close": True})
    address = f"/api/v1/cases/{idea.reference}/outcome"
    for _ in range(2):
        answer = await agency.post(address, json={"outcome": "accepted"}, headers={"Idempotency-Key": "2"})
        assert (answer.status_code, answer.json()["outcome"], answer.json()["status"]) == (201, "accepted", "closed")
    answer = await agency.post(address, json={"outcome": "done", "text": "حاويات في كل مجمع"})
    assert answer.json()["outcome"] == "done"
    accepted, done = (await told(database))[2:]
    assert (accepted.role, accepted.buttons) == ("agency", [])
    for shown in ("بلدية المحرق", idea.reference, "اقتراحك", "النتيجة: مقبول"):
        assert shown in accepted.text
    assert "حاويات في كل مجمع\n\nالنتيجة: تنفذ" in done.text


async def test_old_systems_are_answered_as_before(agency: httpx.AsyncClient, database: Database, idea: Case) -> None:
    answer = await agency.post(f"/api/v1/cases/{idea.reference}/reply", json=REPLY)
    assert (answer.status_code, answer.json()["outcome"]) == (201, None)
    assert "النتيجة" not in (await told(database))[0].text


@pytest.mark.parametrize(("path", "body"), [("reply", REPLY), ("outcome", {})])
async def test_it_is_refused_for_what_is_no_suggestion_and_no_outcome(
    agency: httpx.AsyncClient, database: Database, case: Case, idea: Case, path: str, body: dict[str, str]
) -> None:
    for reference, outcome in ((case.reference, "done"), (idea.reference, "perhaps")):
        answer = await agency.post(f"/api/v1/cases/{reference}/{path}", json=body | {"outcome": outcome})
        assert answer.status_code == 422
    assert await told(database) == []


async def test_it_does_not_go_back(agency: httpx.AsyncClient, idea: Case) -> None:
    address = f"/api/v1/cases/{idea.reference}/outcome"
    assert (await agency.post(address, json={"outcome": "done"})).status_code == 409, "it has not been answered"
    await agency.post(f"/api/v1/cases/{idea.reference}/reply", json=REPLY | {"outcome": "done"})
    assert (await agency.post(address, json={"outcome": "under_study"})).status_code == 409

"""How a case stands that was merged into another: told by the other one, to each as far as it is theirs to know."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from turns import turn

from actions.case_status import CaseStatus
from contact_center.cases import service
from contact_center.cases.following import Addition, join
from contact_center.cases.merging import merge
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation
from contact_center.database import Database

MAIN_WORDS, OWN_WORDS = "زبالة عند باب بيتي ورقمي سري", "كومة زبالة في آخر الفريج"


async def somebody(database: Database) -> Conversation:
    async with database.transaction() as session:
        address = str(uuid4())
        identity = await identity_for(session, "telegram", address, None, None)
        conversation = Conversation(id=uuid4(), channel="telegram", address=address, identity_id=identity.id)
        session.add(conversation)
    return conversation


async def filed(database: Database, who: Conversation, description: str) -> Case:
    async with database.transaction() as session:
        form = {"type": "complaint", "category": "waste.collection", "channel": "telegram", "governorate": "muharraq"}
        whose = {"conversation_id": who.id, "identity_id": who.identity_id}
        return await service.file(session, NewCase(**form, **whose, description=description))  # type: ignore[arg-type]


async def told(case: Case, who: UUID) -> str:
    asked = turn(case.reference, "check_status", slots={"reference": case.reference.replace("-", "")})
    answer = await CaseStatus().act(replace(asked, conversation=str(who)))
    return "\n".join(said["text"] for said in answer.said)


@pytest.fixture(autouse=True)
def _here(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.case_status.database", lambda: database)


async def test_each_is_led_to_the_main_case_as_far_as_it_is_theirs(database: Database) -> None:
    first, second, third, stranger = [await somebody(database) for _ in range(4)]
    main, duplicate = await filed(database, first, MAIN_WORDS), await filed(database, second, OWN_WORDS)
    async with database.transaction() as session:
        addition = Addition(third.identity_id, third.id, "وأنا بعد", "1")
        assert await join(session, await session.get_one(Case, duplicate.id), addition, own=False)
    async with database.transaction() as session:
        both = await session.get_one(Case, duplicate.id), await session.get_one(Case, main.id)
        await merge(session, *both, actor="account:huda")
        await service.set_status(session, both[1], "in_progress", actor="account:huda")
    filer, follower, other = [await told(duplicate, who.id) for who in (second, third, stranger)]
    for said in (filer, follower):
        assert f"الطلب \u2066{duplicate.reference}\u2069 انضم" in said
        assert f"طلب \u2066{main.reference}\u2069" in said
        assert "قيد العمل" in said
        assert MAIN_WORDS not in said
    assert (OWN_WORDS in filer, OWN_WORDS in follower) == (True, False)
    assert (main.reference in other, "مكرر" in other, OWN_WORDS in other) == (False, True, False)

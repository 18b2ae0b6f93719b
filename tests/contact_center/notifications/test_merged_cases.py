"""Who filed a case that was merged into another is told so, and hears of that one from then on."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from contact_center.cases import service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications import followers


@pytest.fixture
async def main(database: Database) -> Case:
    """The same rubbish, filed by somebody else before."""
    async with database.transaction() as session:
        address = uuid4()
        identity = await identity_for(session, "webchat", str(address), None, None)
        session.add(Conversation(id=address, channel="webchat", address=str(address), identity_id=identity.id))
        form = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "channel": "webchat"}
        whose = {"conversation_id": address, "identity_id": identity.id, "governorate": "muharraq"}
        return await service.file(session, NewCase(**form, **whose))  # type: ignore[arg-type]


async def told(database: Database, case: Case) -> list[str]:
    """What the agency said to who filed a case, after its followers were told of everything."""
    async with database.transaction() as session:
        events = list(await session.scalars(select(CaseEvent.id).where(CaseEvent.public).order_by(CaseEvent.id)))
    for event in events:
        await followers.tell(database, event)
    async with database.transaction() as session:
        heard = (OutboxMessage.conversation_id == case.conversation_id, OutboxMessage.role == "agency")
        return list(await session.scalars(select(OutboxMessage.text).where(*heard).order_by(OutboxMessage.id)))


async def test_from_merging_on_they_hear_of_the_main_case_until_it_is_undone(
    agency: httpx.AsyncClient, database: Database, case: Case, main: Case
) -> None:
    async def reply(text: str) -> None:
        body = {"text": text, "close": False}
        assert (await agency.post(f"/api/v1/cases/{main.reference}/reply", json=body)).status_code == 201

    await reply("قبل الدمج")
    into = {"into": main.reference}
    assert (await agency.post(f"/api/v1/cases/{case.reference}/merge", json=into)).status_code == 409
    reopening = {"reason": "ما تم شي"}
    assert (await agency.post(f"/api/v1/cases/{main.reference}/reopen", json=reopening)).status_code == 201
    assert (await agency.post(f"/api/v1/cases/{case.reference}/merge", json=into)).status_code == 201
    await reply("بعد الدمج")
    merged, replied = await told(database, case)
    assert (case.reference in merged, main.reference in merged) == (True, True)
    assert (main.reference in replied, "بعد الدمج" in replied) == (True, True)
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        await service.set_status(session, own, "reopened", actor="account:huda")
    await reply("بعد الفصل")
    assert not any("بعد الفصل" in text for text in await told(database, case))

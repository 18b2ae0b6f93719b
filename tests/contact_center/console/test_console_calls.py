"""Calls, as far as no assistant is needed: taking one, its page, its state, and whom its events reach."""

import asyncio
import json
from uuid import UUID

import httpx
from desk import Filed, Visit, form, says
from fastapi import FastAPI
from sqlalchemy import select

from contact_center.accounts import sessions
from contact_center.accounts.models import AuditEntry
from contact_center.cases import service as cases
from contact_center.console.routes.calls import _states
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database
from contact_center.listening import Listener


async def begin(client: httpx.AsyncClient, **data: str) -> UUID:
    answer = await client.post("/console/calls", data=data)
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].rpartition("/")[2])


async def test_a_call_begins_with_a_number_in_any_writing(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    numbers = [await begin(amal, phone=phone) for phone in ("39123456", "٣٩١٢٣٤٥٦", "+973 3912 3456")]
    withheld = await begin(amal, withheld="true")
    async with database.transaction() as session:
        callers = [(await session.get_one(Conversation, call)).caller_phone for call in [*numbers, withheld]]
        taken = list(await session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "call.begin")))
    assert callers == ["+97339123456"] * 3 + [None]
    assert taken == [str(call) for call in [*numbers, withheld]]


async def test_what_is_no_number_is_said_and_stays_to_be_corrected(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    for typed in ("123", "مريم", ""):
        answer = await amal.post("/console/calls", data={"phone": typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.text
        assert "ليس رقم هاتف صحيحًا" in answer.text
    async with database.transaction() as session:
        assert not list(await session.scalars(select(Conversation)))


async def test_the_page_shows_who_calls_and_what_they_filed_before(visit: Visit, filed: Filed) -> None:
    amal = await visit("amal")
    known = (await amal.get(f"/console/calls/{await begin(amal, phone='39123456')}")).text
    unknown = (await amal.get(f"/console/calls/{await begin(amal, withheld='true')}")).text
    assert "+97339123456" in known
    assert filed.pothole.reference in known
    assert "الرقم محجوب" in unknown
    assert filed.pothole.reference not in unknown


async def test_a_chat_is_no_call(visit: Visit, filed: Filed) -> None:
    amal = await visit("amal")
    for address in (f"/console/calls/{filed.pothole.conversation_id}", "/console/calls/nonsense"):
        assert (await amal.get(address)).status_code == 404


async def test_the_state_holds_both_sides_the_draft_and_what_was_filed(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    call_id = await begin(amal, phone="39123456")
    async with database.transaction() as session:
        call = await session.get_one(Conversation, call_id)
        await says(session, call, "first", text="في حفرة")
        await says(session, call, "byhand", draft={"block": "203"})
        await outbox.add(
            session, call, "هل هي حفرة؟", buttons=[{"title": "نعم", "payload": "/affirm"}], expects="category"
        )
        call.draft, call.expects = {"category": "road.pothole", "attachments": 0}, "category"
        case = await cases.file(session, form(channel="call_center", conversation_id=call.id))
    state = (await amal.get(f"/console/calls/{call_id}/state")).json()
    assert [(line["role"], line["text"]) for line in state["lines"]] == [
        ("citizen", "في حفرة"),
        ("agent", ""),
        ("assistant", "هل هي حفرة؟"),
    ]
    assert state["lines"][0]["id"] == "first"
    assert state["lines"][1]["note"] == "عدّل في النموذج: المجمع"
    assert state["lines"][2]["buttons"][0]["title"] == "نعم"
    assert state["draft"] == {"category": "road.pothole"}
    assert state["expects"] == "category"
    assert state["cases"] == [case.reference]


async def test_what_the_agent_sends_twice_is_stored_once(visit: Visit, database: Database) -> None:
    """As a browser does that did not hear the answer; the answer itself waits for the assistant, which is not here."""
    amal = await visit("amal")
    call_id = await begin(amal, withheld="true")
    sending = [
        amal.post(f"/api/v1/calls/{call_id}/messages", json={"text": "في حفرة"}, headers={"Idempotency-Key": "one"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in await asyncio.gather(*sending)] == [202, 202]
    async with database.transaction() as session:
        stored = list(await session.scalars(select(InboxMessage)))
    assert [message.provider_id for message in stored] == [f"{call_id}:one"]


async def test_events_tell_what_changed_until_the_session_ends(visit: Visit, database: Database, app: FastAPI) -> None:
    amal = await visit("amal")
    token = amal.cookies["tawasul_staff"]
    call_id = await begin(amal, withheld="true")
    listener: Listener = app.state.listener
    states = _states(database, listener, call_id, token, "ar")
    assert json.loads((await anext(states)).data)["lines"] == []
    coming = asyncio.ensure_future(anext(states))
    await asyncio.sleep(0.1)
    async with database.transaction() as session:
        await outbox.say(session, await session.get_one(Conversation, call_id), "وين المكان؟")
    told = json.loads((await asyncio.wait_for(coming, 10)).data)
    assert [line["text"] for line in told["lines"]] == ["وين المكان؟"]
    coming = asyncio.ensure_future(anext(states, None))
    await asyncio.sleep(0.1)
    async with database.transaction() as session:
        await sessions.end(session, token)
        await outbox.say(session, await session.get_one(Conversation, call_id), "سر")
    assert await asyncio.wait_for(coming, 10) is None


async def test_what_may_be_chosen_has_names_and_no_codes_to_read(visit: Visit) -> None:
    choices = (await (await visit("amal")).get("/console/choices")).json()
    assert len(choices["category"]) == 126
    pothole = next(each for each in choices["category"] if each["value"] == "road.pothole")
    assert pothole["note"] == "وزارة الأشغال"
    waste = next(each for each in choices["category"] if each["value"] == "waste.collection")
    assert waste["note"] == "البلدية حسب المكان"
    assert {"value": "المحرق", "label": "المحرق"}.items() <= next(
        each for each in choices["area"] if each["value"] == "المحرق"
    ).items()
    assert not [each for each in choices["category"] if each["value"] in (each["label"], each["note"])]

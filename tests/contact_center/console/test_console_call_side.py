"""Beside a call: open cases that look the same, and the number that is texted."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from desk import Filed, Visit, form
from fastapi import FastAPI
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.cases import service as cases
from contact_center.cases.models import Case
from contact_center.console.routes.calls import _states
from contact_center.conversations.delivery_status import move_on
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_filed

OTHER = "+97336112233"
PLACE = {"area": "المحرق", "block": "203"}


async def begin(client: httpx.AsyncClient, **data: str) -> UUID:
    answer = await client.post("/console/calls", data=data or {"phone": "39123456"})
    return UUID(answer.headers["location"].rpartition("/")[2])


async def state(client: httpx.AsyncClient, call: UUID) -> dict[str, Any]:
    return dict((await client.get(f"/console/calls/{call}/state")).json())


async def filled(database: Database, call: UUID, **draft: Any) -> None:
    async with database.transaction() as session:
        (await session.get_one(Conversation, call)).draft = draft


async def file_in(database: Database, call: UUID, **different: Any) -> Case:
    async with database.transaction() as session:
        identity = (await session.get_one(Conversation, call)).identity_id
        case = await cases.file(
            session, form(channel="call_center", conversation_id=call, identity_id=identity, **different)
        )
        await tell_filed(session, case)
    return case


async def texted(database: Database) -> list[tuple[str, str]]:
    """Address and words of each SMS."""
    sms = select(Conversation.address, OutboxMessage.text).where(
        OutboxMessage.conversation_id == Conversation.id, OutboxMessage.channel == "sms"
    )
    async with database.transaction() as session:
        return [(row.address, row.text) for row in await session.execute(sms.order_by(OutboxMessage.id))]


async def come_to(database: Database, status: str, error: str | None = None) -> None:
    async with database.transaction() as session:
        newest = select(OutboxMessage).where(OutboxMessage.channel == "sms").order_by(OutboxMessage.id.desc()).limit(1)
        await move_on(session, (await session.scalars(newest)).one(), status, error=error)


class TestSimilar:
    async def test_cases_nearby_are_shown_once_place_and_category_are_known(
        self, visit: Visit, filed: Filed, database: Database
    ) -> None:
        amal = await visit("amal")
        call = await begin(amal, withheld="true")
        await filled(database, call, description="حفرة كبيرة", **PLACE)
        assert (await state(amal, call))["similar"] == []
        await filled(database, call, category="road.pothole", description="حفرة كبيرة كسرت التاير")
        assert (await state(amal, call))["similar"] == []
        await filled(database, call, category="road.pothole", description="حفرة كبيرة كسرت التاير", **PLACE)
        (shown,) = (await state(amal, call))["similar"]
        assert shown["reference"] == filed.pothole.reference
        assert shown["category"] == "حفر وتكسر في الشارع"
        assert shown["place"] == "المحرق، المجمع 203"
        assert shown["status"] == "مستلم"
        assert shown["own"] == ""

    @pytest.mark.parametrize(
        "different",
        [{"category": "mun.park"}, {"block": "711", "area": "جدعلي"}, {"case_type": "suggestion"}],
    )
    async def test_what_is_something_else_is_not(
        self, visit: Visit, filed: Filed, database: Database, different: dict[str, str]
    ) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        draft = {"category": "road.pothole", "description": "حفرة كبيرة", "case_type": "complaint", **PLACE}
        await filled(database, call, **draft)
        assert len((await state(amal, call))["similar"]) == 1
        await filled(database, call, **(draft | different))
        assert (await state(amal, call))["similar"] == []

    async def test_the_callers_own_comes_first_and_is_named_so(self, visit: Visit, database: Database) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        own = await file_in(database, call)
        async with database.transaction() as session:
            other = await cases.file(session, form())
        await filled(database, call, category="road.pothole", description="حفرة كبيرة في طريق", **PLACE)
        shown = (await state(amal, call))["similar"]
        assert [each["reference"] for each in shown] == [own.reference, other.reference]
        assert [each["own"] for each in shown] == ["للمتصل نفسه", ""]


class TestTheNumber:
    async def test_it_is_texted_to_the_caller_and_the_page_says_how_far_it_has_come(
        self, visit: Visit, database: Database
    ) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        assert (await state(amal, call))["told"] == []
        case = await file_in(database, call)
        ((address, words),) = await texted(database)
        assert address == "+97339123456"
        assert case.reference in words
        seen = []
        for status, error in (("sent", None), ("delivered", None)):
            (told,) = (await state(amal, call))["told"]
            seen.append((told["to"], told["how"], told["bad"]))
            await come_to(database, status, error)
        seen.append((await state(amal, call))["told"][0]["how"])
        assert seen == [("+97339123456", "في الطريق", False), ("+97339123456", "أُرسلت", False), "وصلت"]

    async def test_what_did_not_arrive_says_why(self, visit: Visit, database: Database) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        await file_in(database, call)
        await come_to(database, "failed", "21614: not a mobile number")
        (told,) = (await state(amal, call))["told"]
        assert (told["how"], told["bad"]) == ("لم تصل: الرقم لا يستقبل الرسائل النصية", True)

    async def test_it_is_texted_to_another_phone_that_the_caller_names_once(
        self, visit: Visit, database: Database
    ) -> None:
        amal = await visit("amal")
        call = await begin(amal, withheld="true")
        case = await file_in(database, call, contact_phone=None, contact_name=None)
        assert await texted(database) == []
        address = f"/api/v1/calls/{call}/number"
        answer = await amal.post(address, json={"phone": "٣٦١١٢٢٣٣"})
        assert (answer.status_code, answer.json()) == (202, {"reference": case.reference, "phone": OTHER})
        assert (await amal.post(address, json={"phone": "36112233"})).status_code == 409
        ((to, words),) = await texted(database)
        assert to == OTHER
        assert case.reference in words
        assert [told["to"] for told in (await state(amal, call))["told"]] == [OTHER]
        async with database.transaction() as session:
            trail = await session.scalars(select(AuditEntry).where(AuditEntry.action == "call.text_number"))
            assert [(entry.actor, entry.subject) for entry in trail] == [("account:amal", case.reference)]
            assert (await session.get_one(Case, case.id)).told_identity_id is None  # a stranger's phone opens nothing

    async def test_what_failed_there_is_sent_again(self, visit: Visit, database: Database) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        await file_in(database, call)
        for _ in range(2):
            assert (await amal.post(f"/api/v1/calls/{call}/number", json={"phone": OTHER})).status_code == 202
            await come_to(database, "failed", "30003")
        assert [to for to, _ in await texted(database)] == ["+97339123456", OTHER]

    async def test_nothing_is_texted_where_nothing_was_filed_or_nobody_can_be_reached(
        self, visit: Visit, database: Database, filed: Filed
    ) -> None:
        amal, omar = await visit("amal"), await visit("omar")
        call = await begin(amal)
        address = f"/api/v1/calls/{call}/number"
        assert (await amal.post(address, json={"phone": OTHER})).status_code == 404
        await file_in(database, call)
        for phone in ("جارنا", "123", ""):
            assert (await amal.post(address, json={"phone": phone})).status_code == 422
        assert (await omar.post(address, json={"phone": OTHER})).status_code == 403
        chat = f"/api/v1/calls/{filed.pothole.conversation_id}/number"
        assert (await amal.post(chat, json={"phone": OTHER})).status_code == 404
        assert [to for to, _ in await texted(database)] == ["+97339123456"]

    async def test_the_page_hears_at_once_that_it_has_arrived(
        self, visit: Visit, database: Database, app: FastAPI
    ) -> None:
        amal = await visit("amal")
        call = await begin(amal)
        await file_in(database, call)
        news = _states(database, app.state.listener, call, amal.cookies["tawasul_staff"], "en")
        assert await told_next(news) == ["on its way"]
        coming = asyncio.ensure_future(told_next(news))
        await asyncio.sleep(0.1)
        await come_to(database, "delivered")
        assert await coming == ["delivered"]
        coming = asyncio.ensure_future(told_next(news))
        await asyncio.sleep(0.1)
        assert (await amal.post(f"/api/v1/calls/{call}/number", json={"phone": OTHER})).status_code == 202
        assert await coming == ["delivered", "on its way"]
        coming = asyncio.ensure_future(told_next(news))
        await asyncio.sleep(0.1)
        await come_to(database, "sent")
        assert await coming == ["delivered", "sent"]
        await news.aclose()


async def told_next(news: AsyncIterator[Any]) -> list[str]:
    event = await asyncio.wait_for(anext(news), 5)
    return [told["how"] for told in json.loads(event.data)["told"]]

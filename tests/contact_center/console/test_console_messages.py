"""How far what was told has come, what did not arrive, and sending it again."""

from datetime import timedelta

import httpx
import pytest
from desk import Filed, Visit
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.agencies.queries import catalogue
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations.delivery_status import move_on
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.notifications.case_events import tell_event

pytestmark = pytest.mark.usefixtures("by_day")

KEY = "0123456789abcdef"
PAGE = "/console/messages"


async def replied(database: Database, case: Case) -> list[OutboxMessage]:
    """An answer of the agency's, and what is told of it."""
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await service.reply(session, own, "تم الإصلاح", close=True, actor="account:omar")
        await tell_event(session, await catalogue(session), own, event)
        return list(await session.scalars(select(OutboxMessage).where(OutboxMessage.case_event_id == event.id)))


async def became(database: Database, message: OutboxMessage, status: str, error: str | None = None) -> None:
    async with database.transaction() as session:
        await move_on(session, await session.get_one(OutboxMessage, message.id), status, error=error)


async def status_of(database: Database, message: OutboxMessage) -> str:
    async with database.transaction() as session:
        return (await session.get_one(OutboxMessage, message.id)).status


async def shown(client: httpx.AsyncClient, address: str) -> str:
    answer = await client.get(address)
    assert answer.status_code == 200
    return answer.text


async def test_the_case_page_says_how_far_a_reply_has_come(visit: Visit, filed: Filed, database: Database) -> None:
    reply, _ = await replied(database, filed.pothole)
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    assert "في الطريق" in await shown(omar, page)
    for status, words in (("sent", "أُرسلت"), ("delivered", "وصلت"), ("read", "قُرئت")):
        await became(database, reply, status)
        assert words in await shown(omar, page)


async def test_what_is_held_for_the_morning_says_when_it_goes_out(
    visit: Visit, filed: Filed, database: Database
) -> None:
    reply, _ = await replied(database, filed.pothole)
    async with database.transaction() as session:
        (await session.get_one(OutboxMessage, reply.id)).send_after = now() + timedelta(hours=3)
    assert "تُرسل " in await shown(await visit("omar"), f"/console/cases/{filed.pothole.reference}")


async def test_what_did_not_arrive_is_sent_again_by_one_click(visit: Visit, filed: Filed, database: Database) -> None:
    reply, _ = await replied(database, filed.pothole)
    await became(database, reply, "failed", "403: Forbidden: bot was blocked by the user")
    omar = await visit("omar")
    for address in (PAGE, f"/console/cases/{filed.pothole.reference}"):
        text = await shown(omar, address)
        assert "حظر الشخص" in text
        assert f"{PAGE}/{reply.id}/again" in text
        assert "Forbidden" not in text
    for _ in range(2):
        answer = await omar.post(f"{PAGE}/{reply.id}/again")
        assert (answer.status_code, await status_of(database, reply)) == (303, "queued")
    assert "وصلت جميع الرسائل" in await shown(omar, PAGE)
    async with database.transaction() as session:
        audited = select(AuditEntry.subject).where(AuditEntry.action == "message.send_again")
        assert list(await session.scalars(audited)) == [str(reply.id)]


async def test_the_list_holds_ones_own_agencys_cases_only(visit: Visit, filed: Filed, database: Database) -> None:
    reply, _ = await replied(database, filed.pothole)
    await became(database, reply, "failed", "403: blocked")
    for username, sees in (("omar", True), ("sami", True), ("amal", True), ("adel", True), ("sara", False)):
        client = await visit(username)
        assert (filed.pothole.reference in await shown(client, PAGE)) is sees, username
    answer = await (await visit("sara")).post(f"{PAGE}/{reply.id}/again")
    assert (answer.status_code, await status_of(database, reply)) == (404, "failed")


async def test_who_said_stop_is_not_sent_to_again(visit: Visit, filed: Filed, database: Database) -> None:
    reply, _ = await replied(database, filed.pothole)
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, reply.conversation_id)
        (await session.get_one(ChannelIdentity, conversation.identity_id)).opted_out_at = now()
    await became(database, reply, "failed", "opted_out")
    text = await shown(await visit("omar"), PAGE)
    assert "طلب الشخص إيقاف الرسائل" in text
    assert "/again" not in text


async def test_a_reason_that_nobody_foresaw_is_shown_by_its_code(
    visit: Visit, filed: Filed, database: Database
) -> None:
    reply, _ = await replied(database, filed.pothole)
    await became(database, reply, "failed", "99999: something new")
    text = await shown(await visit("omar"), PAGE)
    assert "رفضها مزوّد الخدمة" in text
    assert "99999" in text
    assert "something new" not in text


async def test_a_question_needs_words(visit: Visit, filed: Filed, database: Database) -> None:
    omar = await visit("omar")
    form = {"key": KEY, "status": "waiting"}
    answer = await omar.post(f"/console/cases/{filed.pothole.reference}/status", data=form)
    assert answer.status_code == 422
    assert "اكتب النص أولًا" in answer.text
    async with database.transaction() as session:
        assert (await session.get_one(Case, filed.pothole.id)).status == "received"

"""Merging on a case's page: what is suggested, what was merged and what it holds, and the way back."""

import re

import pytest
from desk import Filed, OpenPage, Visit, form, talk_on_telegram
from playwright.async_api import expect
from sqlalchemy import select

from contact_center.accounts.api_keys import create_key
from contact_center.cases import service as cases
from contact_center.cases.models import Case, CaseFollower
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database

KEY = "0123456789abcdef"


@pytest.fixture
async def again(database: Database, filed: Filed) -> Case:
    """The same pothole, complained of by another person."""
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, "4712")
        same = form(description="نفس الحفرة الكبيرة في طريق ٣١٢", conversation_id=talk.id, identity_id=talk.identity_id)
        return await cases.file(session, same)


async def test_what_is_suggested_is_merged_by_one_button_and_both_sides_are_shown(
    visit: Visit, filed: Filed, again: Case, database: Database
) -> None:
    omar = await visit("omar")
    here, there = (f"/console/cases/{case.reference}" for case in (again, filed.pothole))
    assert f'hx-get="{here}/suggested"' in (await omar.get(here)).text
    shown = (await omar.get(f"{here}/suggested")).text
    assert f'action="{here}/merge"' in shown
    assert f'action="{there}/merge"' in shown
    for _ in range(2):
        sent = await omar.post(f"{there}/merge", data={"into": again.reference, "key": KEY})
        assert sent.headers["location"] == f"{here}?done=merged"
    main = (await omar.get(f"{here}?done=merged")).text
    for words in ("دُمج الطلبان", "طلبات دُمجت في هذا الطلب", filed.pothole.description, filed.picture, "دُمج فيه الطلب"):
        assert words in main, words
    duplicate = (await omar.get(there)).text
    assert re.search(rf'مكرر، والعمل على الطلب</h2>\s*<p><a class="reference" dir="ltr" href="{here}">', duplicate)
    async with database.transaction() as session:
        (told,) = await session.scalars(select(OutboxMessage).where(OutboxMessage.role == "agency"))
    assert told.conversation_id == filed.pothole.conversation_id
    assert filed.pothole.reference in told.text
    assert again.reference in told.text


async def test_what_may_be_the_same_comes_after_the_page_or_it_says_that_it_did_not(
    open_page: OpenPage, filed: Filed, again: Case
) -> None:
    page = await open_page("omar", forgiving=True)
    looked_for, here = "**/suggested", f"/console/cases/{again.reference}"
    await page.route(looked_for, lambda route: route.abort())
    await page.goto(here)
    await expect(page.get_by_text("تعذر البحث عن طلبات مشابهة")).to_be_visible()
    await expect(page.get_by_text("يبحث عن طلبات مشابهة")).to_be_hidden()
    await page.unroute(looked_for)
    await page.reload()
    await page.get_by_role("button", name="ادمج هذا الطلب فيه").click()
    await expect(page).to_have_url(re.compile(f"/cases/{filed.pothole.reference}"))
    await expect(page.get_by_text("دُمج الطلبان")).to_be_visible()


async def test_not_a_duplicate_after_all(visit: Visit, filed: Filed, again: Case, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{again.reference}"
    await omar.post(f"{page}/merge", data={"into": filed.pothole.reference, "key": KEY})
    assert "ليس مكررًا" in (await omar.get(page)).text
    await omar.post(f"{page}/status", data={"status": "reopened", "key": f"{KEY}2"})
    async with database.transaction() as session:
        assert (await session.get_one(Case, again.id)).status == "reopened"
        assert list(await session.scalars(select(CaseFollower))) == []
        told = select(OutboxMessage.text).where(OutboxMessage.role == "agency").order_by(OutboxMessage.id)
        texts = list(await session.scalars(told))
    assert len(texts) == 2
    assert "رجع مفتوح" in texts[1]


async def test_what_cannot_be_merged_is_told_in_words(visit: Visit, filed: Filed, again: Case) -> None:
    omar, page = await visit("omar"), f"/console/cases/{again.reference}"
    faults = {"nonsense": 422, filed.outage.reference: 422, again.reference: 409}
    for number, (into, status) in enumerate(faults.items()):
        answer = await omar.post(f"{page}/merge", data={"into": into, "key": f"{KEY}{number}"})
        assert answer.status_code == status, into
        assert ("لا يوجد طلب بهذا الرقم" in answer.text) is (status == 422)


@pytest.mark.parametrize(("who", "status"), [("amal", 403), ("sara", 404), ("adel", 303), (None, 303)])
async def test_who_may_merge(visit: Visit, filed: Filed, again: Case, who: str | None, status: int) -> None:
    page = f"/console/cases/{again.reference}"
    answer = await (await visit(who)).post(f"{page}/merge", data={"into": filed.pothole.reference, "key": KEY})
    assert answer.status_code == status
    assert ("sign-in" in answer.headers.get("location", "")) is (who is None)


async def test_files_of_a_duplicate_are_seen_where_the_main_case_is(
    visit: Visit, filed: Filed, database: Database
) -> None:
    """An administrator merges across agencies: whoever works on the main case sees what the duplicate holds."""
    adel, sara = await visit("adel"), await visit("sara")
    assert (await sara.get(f"/console/attachments/{filed.picture}")).status_code == 404
    page = f"/console/cases/{filed.pothole.reference}"
    sent = await adel.post(f"{page}/merge", data={"into": filed.outage.reference, "key": KEY})
    assert sent.status_code == 303
    assert (await sara.get(f"/console/attachments/{filed.picture}")).status_code == 200
    main = (await sara.get(f"/console/cases/{filed.outage.reference}")).text
    assert filed.pothole.description in main
    assert f'href="{page}"' not in main


async def test_merged_over_the_api(visit: Visit, filed: Filed, again: Case, database: Database) -> None:
    async with database.transaction() as session:
        key = await create_key(session, "works", actor="test")
    client, address = await visit(), f"/api/v1/cases/{again.reference}/merge"
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    for _ in range(2):
        answer = await client.post(address, json={"into": filed.pothole.reference}, headers=headers)
        assert (answer.status_code, answer.json()["duplicate_of"]) == (201, filed.pothole.reference)
    assert (await client.post(address, json={"into": again.reference})).status_code == 401

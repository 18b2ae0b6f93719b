"""Compliments reach their agency; a supervisor marks that the person was told, and nothing of it is ever late."""

from datetime import timedelta

import pytest
from desk import OVERFLOW, Filed, OpenPage, Visit, form
from playwright.async_api import expect
from sqlalchemy import func, select

from contact_center.cases import service
from contact_center.cases.models import Case, CaseEvent
from contact_center.database import Database
from tests.moved_clock import clock_moved

PAGE = "/console/compliments"
MARK = "نُقل إليه"


@pytest.fixture
async def thanks(database: Database, filed: Filed) -> Case:
    """Works' own."""
    async with database.transaction() as session:
        return await service.file(session, form(type="compliment", description="شكرا للمهندس أحمد علي على السرعة"))


async def passed_on(database: Database, case: Case) -> int:
    async with database.transaction() as session:
        events = select(func.count()).where(CaseEvent.case_id == case.id, CaseEvent.kind == "passed_on")
        return await session.scalar(events) or 0


async def test_a_supervisor_marks_it_once(visit: Visit, thanks: Case, database: Database) -> None:
    sami = await visit("sami")
    shown = (await sami.get(PAGE)).text
    assert thanks.reference in shown
    assert "<bdi>أحمد علي</bdi>" in shown
    assert MARK in shown
    for _ in range(2):
        marked = await sami.post(f"{PAGE}/{thanks.reference}/passed-on")
        assert marked.headers["location"] == f"{PAGE}?done=passed_on"
    assert await passed_on(database, thanks) == 1
    shown = (await sami.get(f"{PAGE}?done=passed_on")).text
    assert "سُجّل نقل الشكر" in shown
    assert thanks.reference not in shown
    assert thanks.reference in (await sami.get(f"{PAGE}?passed_on=true")).text
    assert "نُقل الشكر إلى صاحبه</strong>" in (await sami.get(f"/console/cases/{thanks.reference}")).text


async def test_its_page_names_who_is_thanked_and_no_date(visit: Visit, thanks: Case) -> None:
    with clock_moved(timedelta(days=30)):
        sami = await visit("sami")
        shown = (await sami.get(f"/console/cases/{thanks.reference}")).text
    assert "<bdi>أحمد علي</bdi>" in shown
    assert "بدون موعد" in shown
    assert MARK in shown
    for absent in ("due-late", "due-soon", "interim-reply", "أيام عمل"):
        assert absent not in shown


async def test_it_is_late_nowhere(visit: Visit, thanks: Case) -> None:
    with clock_moved(timedelta(days=400)):
        sami = await visit("sami")
        for address in ("/console/cases?due=overdue", "/console/cases?due=today", "/console/cases?order=due"):
            assert thanks.reference not in (await sami.get(address)).text, address
        listed = (await sami.get("/console/cases?q=السرعة")).text
    assert thanks.reference in listed
    assert "بدون موعد" in listed


@pytest.mark.parametrize(
    ("who", "reads", "marks"),
    [("sami", 200, 303), ("huda", 200, 303), ("adel", 200, 303), ("omar", 200, 403), ("amal", 403, 403)],
)
async def test_who_reads_and_who_marks(
    visit: Visit, thanks: Case, database: Database, who: str, reads: int, marks: int
) -> None:
    browser = await visit(who)
    page = await browser.get(PAGE)
    assert page.status_code == reads
    assert (MARK in page.text) is (marks == 303)
    assert (f'href="{PAGE}"' in (await browser.get("/console/")).text) is (reads == 200)
    assert (await browser.post(f"{PAGE}/{thanks.reference}/passed-on")).status_code == marks
    assert await passed_on(database, thanks) == (marks == 303)


async def test_another_agencys_and_what_is_none(visit: Visit, thanks: Case, filed: Filed, database: Database) -> None:
    sara = await visit("sara")
    assert thanks.reference not in (await sara.get(PAGE)).text
    assert (await sara.post(f"{PAGE}/{thanks.reference}/passed-on")).status_code == 404
    sami = await visit("sami")
    assert (await sami.post(f"{PAGE}/{filed.pothole.reference}/passed-on")).status_code == 422
    assert MARK not in (await sami.get(f"/console/cases/{filed.pothole.reference}")).text
    nobody = await (await visit(None)).post(f"{PAGE}/{thanks.reference}/passed-on")
    assert "sign-in" in nobody.headers["location"]
    assert await passed_on(database, thanks) == 0


@pytest.mark.parametrize("width", [1366, 400])
async def test_it_is_marked_without_the_mouse_and_fits_the_screen(
    open_page: OpenPage,
    thanks: Case,
    database: Database,
    width: int,
) -> None:
    page = await open_page("sami", width)
    await page.keyboard.press("k")
    await page.wait_for_url("**/compliments")
    for language in ("en", "ar"):
        await page.get_by_role("button", name="English" if language == "en" else "العربية").click()
        await expect(page.locator("html")).to_have_attribute("lang", language)
        assert await page.evaluate(OVERFLOW) <= 0, language
    await page.get_by_role("button", name=MARK).press("Enter")
    await expect(page.get_by_role("status")).to_have_text("سُجّل نقل الشكر إلى صاحبه.")
    assert await passed_on(database, thanks) == 1

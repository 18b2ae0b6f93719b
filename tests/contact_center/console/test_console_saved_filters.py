"""Lists of cases that people name: their own, saved, opened and deleted, by keyboard too."""

import os
import re
from pathlib import Path

import httpx
from desk import OVERFLOW, Filed, OpenPage, Visit
from playwright.async_api import expect
from sqlalchemy import select

from contact_center.accounts.models import SavedFilter
from contact_center.accounts.saved_filters import MOST
from contact_center.database import Database


async def save(client: httpx.AsyncClient, name: str, query: str = "status=open&due=overdue") -> str:
    answer = await client.post("/console/filters", data={"name": name, "query": query})
    assert answer.status_code == 303
    return answer.headers["location"]


async def saved(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        return [(one.name, one.query) for one in await session.scalars(select(SavedFilter).order_by(SavedFilter.name))]


async def test_a_list_is_kept_under_a_name_for_its_owner_only(visit: Visit, filed: Filed) -> None:
    omar, sara = await visit("omar"), await visit("sara")
    assert await save(omar, " ما  فات ") == "/console/cases?status=open&due=overdue"
    shown = (await omar.get("/console/cases?status=open&due=overdue")).text
    assert re.search(r'href="/console/cases\?status=open&amp;due=overdue" aria-current="page"><bdi>ما فات</bdi>', shown)
    assert "ما فات" in (await omar.get("/console/cases")).text
    assert "ما فات" not in (await sara.get("/console/cases")).text


async def test_only_what_a_list_can_be_asked_for_is_kept(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    await save(amal, "one", "q=حفرة&status=open&after=abc&done=moved&evil=%22%3E&next=//elsewhere")
    assert await saved(database) == [("one", "q=%D8%AD%D9%81%D8%B1%D8%A9&status=open")]


async def test_the_same_name_takes_the_new_list(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    await save(amal, "قائمتي")
    await save(amal, "قائمتي", "channel=telegram")
    assert await saved(database) == [("قائمتي", "channel=telegram")]


async def test_what_cannot_be_kept_is_said(visit: Visit, database: Database) -> None:
    amal = await visit("amal")
    for name, query, said in (
        ("  ", "status=open", "اكتب للقائمة اسمًا"),
        ("x" * 61, "status=open", "اكتب للقائمة اسمًا"),
        ("قائمة", "", "اختر أولًا"),
        ("قائمة", "q=" + "x" * 300, "اختر أولًا"),
    ):
        page = await amal.get(await save(amal, name, query))
        assert said in page.text or not query.startswith("status"), name
    assert await saved(database) == []
    for number in range(MOST):
        await save(amal, f"list {number}")
    assert "لديك عشرون قائمة" in (await amal.get(await save(amal, "one more"))).text
    assert len(await saved(database)) == MOST


async def test_only_ones_own_is_deleted(visit: Visit, database: Database) -> None:
    omar, sara = await visit("omar"), await visit("sara")
    await save(omar, "قائمتي")
    async with database.transaction() as session:
        (one,) = await session.scalars(select(SavedFilter.id))
    await sara.post(f"/console/filters/{one}/delete")
    assert len(await saved(database)) == 1
    answer = await omar.post(f"/console/filters/{one}/delete", data={"back": "/console/cases?status=open"})
    assert answer.headers["location"] == "/console/cases?status=open"
    answer = await omar.post(f"/console/filters/{one}/delete", data={"back": "https://elsewhere.test/"})
    assert answer.headers["location"] == "/console/"
    assert await saved(database) == []


async def test_an_auditor_is_offered_none_to_save(visit: Visit) -> None:
    zain = await visit("zain")
    shown = (await zain.get("/console/cases?status=open")).text
    assert 'action="/console/filters"' not in shown


async def test_by_keyboard(open_page: OpenPage, filed: Filed) -> None:
    page = await open_page("omar")
    await page.goto("/console/cases?q=حفره&status=open")
    await page.keyboard.press("s")
    await page.keyboard.type("الحفر المفتوحة")
    await page.keyboard.press("Enter")
    link = page.get_by_role("link", name="الحفر المفتوحة")
    await expect(link).to_have_attribute("aria-current", "page")
    assert await page.evaluate(OVERFLOW) == 0
    if directory := os.environ.get("SCREENSHOTS_DIR"):
        await page.screenshot(path=Path(directory) / "saved-filters.png")
    await page.keyboard.press("c")
    await page.wait_for_url("**/cases")
    await expect(page.get_by_text(filed.pothole.reference)).to_be_visible()
    await link.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases?q=*")
    await expect(page.get_by_text(filed.pothole.reference)).to_be_visible()
    await link.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(link).to_have_count(0)

"""The side of a call, saved lists, a case's place and what was not understood: on a phone and on a desk's screen."""

import os
from pathlib import Path

import pytest
from desk import OVERFLOW, Filed, OpenPage, People
from filled import a_call_that_was_filed, doubted
from playwright.async_api import expect

from contact_center.accounts import saved_filters
from contact_center.cases.models import Case
from contact_center.conversations import call_desk
from contact_center.database import Database


@pytest.fixture
async def places(database: Database, filed: Filed, people: People) -> dict[str, str]:
    """What each page has to be seen before it is looked at, by its address."""
    async with database.transaction() as session:
        (await session.get_one(Case, filed.pothole.id)).lat = 26.1441
        (await session.get_one(Case, filed.pothole.id)).lon = 50.5588
        talk = await call_desk.begin_call(session, "39123456")
        await a_call_that_was_filed(session, talk)
        unclear = await doubted(session)
        for name in ("المفتوحة عندنا منذ أسبوع ولم يرد عليها أحد", "all that came in by telegram", "اليوم"):
            await saved_filters.save(session, people.adel, name, "status=open")
    return {
        f"/console/calls/{talk.id}": "#told li",
        "/console/cases?status=open": ".saved .save",
        f"/console/cases/{filed.pothole.reference}": ".drawn.near",
        "/console/unclear": ".guesses",
        f"/console/unclear/{unclear}": "#intent",
    }


@pytest.mark.parametrize(("width", "height"), [(400, 850), (1366, 768)])
async def test_no_page_is_wider_than_its_window(
    open_page: OpenPage, places: dict[str, str], width: int, height: int
) -> None:
    page = await open_page("adel", width, height)
    for language in ("ar", "en"):
        for where, seen in places.items():
            await page.goto(where)
            await expect(page.locator(seen).first).to_be_visible()
            assert await page.evaluate(OVERFLOW) <= 0, (language, where)
            if directory := os.environ.get("SCREENSHOTS_DIR"):
                name = f"{where.split('/')[2].partition('?')[0]}-{language}-{width}.png"
                await page.screenshot(path=Path(directory) / name, full_page=True)
        if language == "ar":
            await page.get_by_role("button", name="English").click()
            await expect(page.locator("html")).to_have_attribute("lang", "en")

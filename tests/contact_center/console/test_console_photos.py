"""A case's photos, large, and where it lies: in a browser, by keyboard."""

import os
from pathlib import Path

import pytest
from desk import OVERFLOW, PNG, Filed, OpenPage, in_chunks
from fastapi import FastAPI
from playwright.async_api import Page, expect

from contact_center.attachments import service as attachments
from contact_center.cases.models import Case
from contact_center.database import Database


async def more_photos(app: FastAPI, database: Database, filed: Filed, names: tuple[str, ...]) -> None:
    stored = await attachments.receive(app.state.storage, in_chunks(PNG))
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        case.lat, case.lon = 26.1441, 50.5588
        assert case.conversation_id
        for number, name in enumerate(names):
            photo = await attachments.record(session, case.conversation_id, f"more:{number}", "photo", name, stored)
            photo.case_id = case.id


async def pictured(page: Page, name: str) -> None:
    if directory := os.environ.get("SCREENSHOTS_DIR"):
        await page.screenshot(path=Path(directory) / name, full_page="viewer" not in name)


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_photos_are_looked_through_by_keyboard(
    open_page: OpenPage, app: FastAPI, database: Database, filed: Filed, language: str
) -> None:
    await more_photos(app, database, filed, ("ثانية.png", "ثالثة.png"))
    page = await open_page("omar")
    if language == "en":
        await page.get_by_role("button", name="English").press("Enter")
        await expect(page.locator("html")).to_have_attribute("dir", "ltr")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    assert await page.evaluate(OVERFLOW) == 0
    await pictured(page, f"case-{language}.png")
    viewer, first = page.locator("#viewer"), page.locator("a[data-photo]").first
    await first.focus()
    await page.keyboard.press("Enter")
    status, picture = viewer.get_by_role("status"), viewer.locator("img")
    one, two, three = ("صورة ١ من ٣", "صورة ٢ من ٣", "صورة ٣ من ٣") if language == "ar" else (
        "Photo 1 of 3", "Photo 2 of 3", "Photo 3 of 3")  # fmt: skip
    await expect(status).to_have_text(one)
    await expect(picture).to_have_attribute("alt", "الحفرة.png")
    ahead, back = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    await page.keyboard.press(ahead)
    await expect(status).to_have_text(two)
    await expect(picture).to_have_attribute("alt", "ثانية.png")
    await pictured(page, f"viewer-{language}.png")
    await page.keyboard.press("End")
    await expect(status).to_have_text(three)
    await page.keyboard.press(ahead)
    await expect(status).to_have_text(one)
    await page.keyboard.press(back)
    await expect(status).to_have_text(three)
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")  # the buttons do the same
    await expect(status).to_have_text(two)
    assert await picture.evaluate("picture => picture.naturalWidth") == 1
    await page.keyboard.press("Escape")
    await expect(viewer).to_be_hidden()
    assert await first.evaluate("link => link === document.activeElement")


async def test_a_single_photo_has_no_next_one_and_no_script_is_needed_to_see_it(
    open_page: OpenPage, filed: Filed
) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    link = page.locator("a[data-photo]")
    assert (await link.get_attribute("href") or "").endswith(filed.picture)
    await link.click()
    await expect(page.locator("#viewer img")).to_be_visible()
    await expect(page.locator("#viewer [data-step]")).to_have_count(2)
    for step in await page.locator("#viewer [data-step]").all():
        await expect(step).to_be_hidden()


async def test_a_pin_opens_in_a_maps_app_and_a_named_area_is_only_about_there(
    open_page: OpenPage, app: FastAPI, database: Database, filed: Filed
) -> None:
    await more_photos(app, database, filed, ())
    page = await open_page("amal")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    await expect(page.locator("a[href^='geo:']")).to_have_attribute("href", "geo:26.1441,50.5588?q=26.1441,50.5588")
    await expect(page.locator(".drawn.near .pin")).to_have_count(1)
    await page.goto(f"/console/cases/{filed.outage.reference}")
    await expect(page.locator("a[href^='geo:']")).to_have_count(0)
    await expect(page.locator(".drawn.near .about")).to_have_count(1)
    await expect(page.locator(".place")).to_contain_text("وسط سترة تقريبًا")

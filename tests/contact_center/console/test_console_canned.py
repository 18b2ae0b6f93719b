"""Canned replies on a case's page, with and without its script, and over the API."""

from html import unescape

import pytest
from desk import Filed, OpenPage, Visit
from playwright.async_api import expect
from sqlalchemy import update

from contact_center.accounts.api_keys import create_key
from contact_center.conversations.models import Conversation
from contact_center.database import Database


async def test_they_are_filled_with_the_cases_own_values(visit: Visit, filed: Filed) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    shown = unescape((await (await visit("omar")).get(page)).text)
    assert f"السلام عليكم مريم حسن، انحل موضوع طلبك {filed.pothole.reference} عن" in shown
    assert "canned" not in (await (await visit("amal")).get(page)).text.replace("canned.js", "")


@pytest.mark.parametrize(("field", "name"), [("reply", "reply"), ("word", "word"), ("interim", "interim")])
async def test_without_a_script_the_page_comes_again_with_it(visit: Visit, filed: Filed, field: str, name: str) -> None:
    page = f"/console/cases/{filed.pothole.reference}?canned=photo&field={field}"
    shown = unescape((await (await visit("omar")).get(page)).text)
    begun = shown.split(f'<textarea id="{name}"')[1].split("</textarea>")[0]
    assert "نحتاج صورة واضحة للمكان" in begun
    assert (await (await visit("omar")).get(page.replace("photo", "nonsense"))).status_code == 200


async def test_in_the_language_of_the_citizen(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(language="en"))
        key = await create_key(session, "works", actor="test")
    client, where = await visit(), f"/api/v1/cases/{filed.pothole.reference}/canned-replies"
    replies = (await client.get(where, headers={"Authorization": f"Bearer {key}"})).json()
    (photo,) = [reply for reply in replies if reply["code"] == "photo"]
    assert (photo["language"], photo["title_ar"]) == ("en", "نحتاج صورة")
    assert photo["text"].startswith(f"Hello مريم حسن, to go on with your request {filed.pothole.reference}")
    assert (await client.get(where)).status_code == 401


async def test_the_script_puts_it_where_one_writes(open_page: OpenPage, filed: Filed) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    await page.locator("#reply").fill("أهلاً")
    await page.locator("#canned-reply").select_option("solved")
    await page.locator("#canned-reply").press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#reply")).to_be_focused()
    words = await page.locator("#reply").input_value()
    assert words.startswith("أهلاً\nالسلام عليكم مريم حسن، انحل موضوع طلبك")
    assert "canned=" not in page.url

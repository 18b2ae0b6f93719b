"""The page of calls in real browsers: two agents and a caller at once."""

import pytest
from desk import Filed, OpenPage, People
from phone_desk import MARYAM, waiting
from playwright.async_api import Page, expect

from contact_center.database import Database
from contact_center.telephone import service
from tests.fakes.twilio import TwilioServer

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AT_ONCE = 1_000
"""Milliseconds."""


async def calls_page(open_page: OpenPage, username: str) -> Page:
    page = await open_page(username)
    await page.goto("/console/calls")
    return page


@pytest.fixture
async def lines(people: People, database: Database) -> None:
    """Where both are rung."""
    async with database.transaction() as session:
        for name in ("amal", "adel"):
            await service.ring_at(session, name, f"client:{name}")


async def test_a_caller_pops_up_on_every_desk_and_is_taken_by_keyboard(
    open_page: OpenPage, lines: None, filed: Filed, twilio: TwilioServer
) -> None:
    amal, adel = await calls_page(open_page, "amal"), await calls_page(open_page, "adel")
    for page in (amal, adel):
        await expect(page.get_by_text("لا أحد ينتظر الآن.")).to_be_visible()
    caller = await waiting(twilio)
    for page in (amal, adel):
        await expect(page.get_by_text("مريم حسن")).to_be_visible(timeout=AT_ONCE)
        assert await page.evaluate(OVERFLOW) == 0
    await amal.get_by_role("button", name="خذ المكالمة").focus()
    await amal.keyboard.press("Enter")
    await expect(amal.get_by_role("heading", level=1)).to_contain_text(MARYAM)
    await expect(amal.get_by_text(filed.pothole.reference)).to_be_visible()
    await expect(adel.get_by_text("لا أحد ينتظر الآن.")).to_be_visible(timeout=3 * AT_ONCE)
    await twilio.settled()
    assert caller.ringing == "client:amal"


async def test_the_agent_sees_that_the_caller_waits_again_and_wraps_up_by_keyboard(
    open_page: OpenPage, lines: None, twilio: TwilioServer
) -> None:
    caller = await waiting(twilio)
    amal = await calls_page(open_page, "amal")
    await amal.get_by_role("button", name="خذ المكالمة").click()
    await expect(amal.get_by_role("heading", level=1)).to_contain_text(MARYAM)
    await twilio.settled()
    await caller.agent_does_not_answer()
    await expect(amal.get_by_text("فعاد المتصل إلى الانتظار")).to_be_visible(timeout=AT_ONCE)
    await caller.hangs_up()
    await expect(amal.get_by_text("انتهت المكالمة")).to_be_visible(timeout=AT_ONCE)
    await amal.keyboard.press("Alt+w")
    await expect(amal.get_by_label("النتيجة", exact=True)).to_be_focused()
    for _ in range(5):
        await amal.keyboard.press("ArrowDown")
    await expect(amal.get_by_label("النتيجة", exact=True)).to_have_value("cut_off")
    while await amal.evaluate("document.activeElement.id") != "note":
        await amal.keyboard.press("Tab")
    await amal.keyboard.type("انقطع الخط")
    await amal.keyboard.press("Tab")
    await amal.keyboard.press("Enter")
    await expect(amal.get_by_text("حُفظت نتيجة المكالمة.")).to_be_visible()
    await amal.goto("/console/calls/log")
    await expect(amal.get_by_role("cell", name="انقطع الخط")).to_be_visible()

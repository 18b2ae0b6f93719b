"""The chat page and the console in a real browser."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Page

from tests.e2e import stories
from tests.e2e.browser import CallPage, ChatPage, chromium, photo_of_a_pothole, save_picture, signs_in
from tests.e2e.lines import Line
from tests.e2e.person import Person
from tests.e2e.system import System

pytestmark = pytest.mark.timeout(180, func_only=True)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1360, "height": 860}


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def errors() -> AsyncIterator[list[str]]:
    """What went wrong in the page: must stay empty."""
    found: list[str] = []
    yield found
    assert found == []


async def test_a_complaint_with_a_photo_in_the_chat_page(system: System, browser: Browser, errors: list[str]) -> None:
    page = await browser.new_page(viewport=PHONE, device_scale_factor=2, locale="ar-BH")  # type: ignore[arg-type]
    _watch(page, errors)
    await page.goto(f"{system.url}/chat")
    assert await page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar"]
    story = replace(stories.POTHOLE, photo=await photo_of_a_pothole(browser))
    citizen = ChatPage(page)
    person = Person(system, Line("webchat", "", citizen), story)
    await person.begins()
    person.line.address = await citizen.conversation()
    while (asked := await person.expected()) != "confirm":
        await person.answers(asked)
    await save_picture(page, "chat-summary.png")
    case = await system.case(await person.goes_on())
    assert (case["agency"], case["channel"]) == ("works", "webchat")
    assert [file["size"] for file in case["attachments"]] == [len(story.photo or b"")]
    await page.locator("#log img").first.wait_for()
    await _check_it_fits(page)
    await save_picture(page, "chat.png")
    await page.reload()
    await page.get_by_text(case["reference"]).first.wait_for()
    await page.close()


async def test_a_call_by_keyboard_only(system: System, browser: Browser, errors: list[str]) -> None:
    page = await browser.new_page(viewport=DESK, locale="ar-BH")  # type: ignore[arg-type]
    _watch(page, errors)
    await signs_in(page, system)
    await page.keyboard.press("n")
    await page.wait_for_url("**/console/calls/new")
    await page.keyboard.insert_text("36 998 877")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/calls/*-*")  # loaded, its scripts too
    await page.wait_for_selector("#words:focus")
    agent = CallPage(page)
    person = Person(system, Line("call_center", agent.conversation, agent), stories.STREET_LIGHT)
    await person.begins()
    await person.answers(await person.expected())
    await _sets_by_hand(page, "building", "12")
    await person.listens()
    while (asked := await person.expected()) != "confirm":
        await person.answers(asked)
    await save_picture(page, "console.png")
    reference = await person.goes_on()
    await page.wait_for_selector("#filed:visible")
    assert await page.locator("#reference").get_attribute("aria-label") == reference
    await save_picture(page, "console-filed.png")
    case = await system.case(reference)
    assert (case["channel"], case["agency"], case["building"]) == ("call_center", "ewa", "12")
    assert case["contact_phone"].endswith("36998877") or case["contact_phone"].endswith(stories.STREET_LIGHT.phone)
    await page.close()


async def _sets_by_hand(page: Page, field: str, value: str) -> None:
    """Go to a field of the form by the keyboard, set it, and come back to the conversation."""
    await page.keyboard.press("F2")
    for _ in range(20):
        if await page.evaluate("document.activeElement.name") == field:
            break
        await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.name") == field
    await page.keyboard.insert_text(value)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await page.wait_for_selector("#words:focus")


def _watch(page: Page, errors: list[str]) -> None:
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)


async def _check_it_fits(page: Page) -> None:
    """Nothing runs out of the side of the phone."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

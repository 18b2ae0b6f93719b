"""The web process on a real database, people who chat with it, and a real browser."""

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from chat_page import ChatPage
from chat_service import ChatService, Person
from playwright.async_api import Browser, BrowserContext, async_playwright

from contact_center.database import Database

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
"""The last two: a microphone that beeps, and a person who allows it."""


@pytest.fixture
async def service(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[ChatService]:
    service = ChatService(database, database_url, tmp_path)
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def http(service: ChatService) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def person(http: httpx.AsyncClient) -> Callable[[], Awaitable[Person]]:
    """Begins a chat."""

    async def begin() -> Person:
        response = await http.post("/chat/sessions")
        assert response.status_code == 201
        return Person(http, response.json()["conversation"], response.json()["token"])

    return begin


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "these tests need chromium (apt-get install chromium)"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone of its own: nothing kept from another test."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        geolocation={"latitude": 26.2572, "longitude": 50.6119},
        permissions=["geolocation", "microphone"],
    )
    context.set_default_timeout(10_000)
    yield context
    await context.close()


@pytest.fixture
async def chat(service: ChatService, context: BrowserContext) -> AsyncIterator[ChatPage]:
    """The Arabic page in a tab; nothing may go wrong in it, and no token may stand in an address it asks for."""
    chat = await ChatPage.opened(context, service.url)
    yield chat
    kept = await chat.page.evaluate("localStorage.getItem('tawasul.chat.session')")
    assert chat.faults == []
    assert kept is None or not [address for address in chat.addresses if json.loads(kept)["token"] in address]
    assert not [address for address in chat.addresses if not address.startswith((service.url, "blob:"))]

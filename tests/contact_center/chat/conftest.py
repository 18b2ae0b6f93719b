"""The web process on a real database, people who chat with it, and a real browser."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from chat_service import ChatService, Person
from playwright.async_api import Browser, async_playwright

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

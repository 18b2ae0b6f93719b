"""The web application on a database of its own, the staff, cases of two agencies, and a browser."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from desk import COOKIE, ORIGIN, PASSWORD, PNG, QUIET, Filed, OpenPage, People, Visit, form, in_chunks, talk_on_telegram
from fastapi import FastAPI
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect
from pydantic import SecretStr

from contact_center.accounts import sessions
from contact_center.accounts.models import Account
from contact_center.accounts.passwords import hashed
from contact_center.app import create_app
from contact_center.attachments import service as attachments
from contact_center.cases import service as cases
from contact_center.citizens.models import ChannelIdentity
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.serving import serve


@pytest.fixture
async def app(database_url: str, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """The whole web application, as `tawasul web` runs it."""
    made = create_app(Settings(_env_file=None, data_dir=tmp_path, database_url=SecretStr(database_url)))
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def database(app: FastAPI) -> Database:
    """The application's own database handle."""
    handle: Database = app.state.database
    return handle


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The staff's password, hashed once: that takes long on purpose."""
    return hashed(PASSWORD)


@pytest.fixture
async def people(database: Database, password_hash: str) -> People:
    """The staff; all have the same password."""
    roles = {
        "amal": ("agent", None),
        "omar": ("officer", "works"),
        "sami": ("supervisor", "works"),
        "huda": ("head", "works"),
        "sara": ("officer", "ewa"),
        "noor": ("supervisor", "iga"),
        "adel": ("admin", None),
        "zain": ("auditor", None),
    }
    made = People(
        **{
            name: Account(
                username=name, display_name=name.title(), password_hash=password_hash, role=role, agency=agency
            )
            for name, (role, agency) in roles.items()
        }
    )
    async with database.transaction() as session:
        session.add_all(vars(made).values())
    return made


@pytest.fixture
async def visit(app: FastAPI, people: People, database: Database) -> AsyncIterator[Visit]:
    """Opens a browser, signed in as a person (None: as nobody)."""
    clients: list[httpx.AsyncClient] = []

    async def made(username: str | None = None) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        headers = {"Origin": ORIGIN, "Accept": "text/html"}
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers, timeout=30)
        clients.append(client)
        if username:
            async with database.transaction() as session:
                token = await sessions.start(session, getattr(people, username))
            client.cookies.set(COOKIE, token, domain="desk.test", path="/")
        return client

    yield made
    for client in clients:
        await client.aclose()


@pytest.fixture
async def filed(app: FastAPI, database: Database) -> Filed:
    """Two cases, of works and of ewa."""
    stored = await attachments.receive(app.state.storage, in_chunks(PNG))
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, "4711", "في حفرة عندنا في الطريق")
        picture = await attachments.record(session, talk.id, "one:0", "photo", "الحفرة.png", stored)
        pothole = await cases.file(
            session, form(conversation_id=talk.id, identity_id=talk.identity_id, attachments=(picture.id,))
        )
        outage = await cases.file(
            session,
            form(category="power.outage", description="الكهرباء مقطوعة من الصبح", area="سترة", contact_name=None),
        )
        mariam = (await session.get_one(ChannelIdentity, talk.identity_id)).citizen_id
    return Filed(pothole, outage, str(picture.id), mariam)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=path, args=[*QUIET, "--disable-sync"])
        yield browser
        await browser.close()


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    async with serve(app) as base:
        yield base


@pytest.fixture
async def open_page(chromium: Browser, address: str, people: People) -> AsyncIterator[OpenPage]:
    """Opens a browser, signs a person in by keyboard, and fails where the browser complains of anything."""
    complaints: list[str] = []
    contexts = []

    async def opened(username: str | None, width: int = 1366, height: int = 768, *, forgiving: bool = False) -> Page:
        size: ViewportSize = {"width": width, "height": height}
        context = await chromium.new_context(viewport=size, base_url=address)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if not forgiving:
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        await page.goto("/console/sign-in")
        if username:
            await expect(page.get_by_label("اسم المستخدم")).to_be_focused()
            await page.keyboard.type(username)
            await page.keyboard.press("Tab")
            await page.keyboard.type(PASSWORD)
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/console/")
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert complaints == []

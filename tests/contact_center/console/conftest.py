"""The web application on a database of its own, the staff, and cases of two agencies."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from desk import COOKIE, ORIGIN, PASSWORD, PNG, Filed, People, Visit, form, in_chunks, talk_on_telegram
from fastapi import FastAPI
from pydantic import SecretStr

from contact_center.accounts import sessions
from contact_center.accounts.models import Account
from contact_center.accounts.passwords import hashed
from contact_center.app import create_app
from contact_center.attachments import service as attachments
from contact_center.cases import service as cases
from contact_center.database import Database
from contact_center.settings import Settings


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
    return Filed(pothole, outage, str(picture.id))

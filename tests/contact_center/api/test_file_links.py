"""What a signed address opens, and that anything else opens nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from contact_center.app import create_app
from contact_center.attachments.links import VALID_FOR, FileLinks
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import open_storage
from contact_center.clock import now
from contact_center.database import Database
from contact_center.settings import Settings
from tests.contact_center.attachments.sample_files import PDF, png

FILES = {"بعد.png": (png(), "image/png"), "تقرير.pdf": (PDF, "application/pdf")}


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, database_url=database_url, data_dir=tmp_path, secret_key="s", public_url="https://t.example.bh"
    )


@pytest.fixture
def links(settings: Settings) -> FileLinks:
    return FileLinks(settings.effective_secret_key, settings.public_url)


@pytest.fixture
async def anybody(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://t.example.bh") as client,
    ):
        yield client


@pytest.fixture
async def files(database: Database, settings: Settings) -> dict[str, Attachment]:
    """By name."""
    storage = open_storage(settings)
    async with database.transaction() as session:
        for name, (content, media_type) in FILES.items():
            incoming = await storage.write(_chunks(content))
            described = {"kind": "photo", "media_type": media_type, "filename": name, "source_key": name}
            key = await storage.keep(incoming)
            session.add(Attachment(**described, size=len(content), sha256=incoming.sha256, storage_key=key))
    async with database.transaction() as session:
        return {file.filename: file for file in await session.scalars(select(Attachment))}


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_it_opens_one_file_as_what_it_is(
    anybody: httpx.AsyncClient, links: FileLinks, files: dict[str, Attachment]
) -> None:
    for name, shown in (("بعد.png", "inline"), ("تقرير.pdf", "attachment")):
        address = links.address(files[name].id, now())
        assert address is not None
        for method in ("GET", "HEAD"):
            answer = await anybody.request(method, address)
            assert answer.status_code == 200
            assert answer.content == (FILES[name][0] if method == "GET" else b"")
            assert answer.headers["content-type"] == FILES[name][1]
            assert answer.headers["content-disposition"].startswith(f"{shown}; filename*=utf-8''")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "noindex" in answer.headers["x-robots-tag"]
            assert "sandbox" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "no-referrer"


async def test_whatever_is_wrong_is_the_same_answer(
    anybody: httpx.AsyncClient, links: FileLinks, files: dict[str, Attachment], settings: Settings
) -> None:
    file = files["بعد.png"].id
    good = links.token(file, now())
    wrong = {
        "expired": links.token(file, now() - VALID_FOR - timedelta(seconds=2)),
        "another's key": FileLinks("not ours", None).token(file, now()),
        "changed": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "no file": links.token(uuid4(), now()),
        "an id": str(file),
        "long": "A" * 5000,
        "odd": "%00%ff",
    }
    answers = {why: await anybody.get(f"/files/{token}") for why, token in wrong.items()}
    assert {why: answer.status_code for why, answer in answers.items()} == dict.fromkeys(wrong, 404)
    assert len({answer.text for answer in answers.values()}) == 1
    assert (await anybody.get(f"/files/{good}")).status_code == 200
    open_storage(settings).path(files["بعد.png"].storage_key).unlink()
    assert (await anybody.get(f"/files/{good}")).status_code == 404

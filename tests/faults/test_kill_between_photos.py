"""A worker killed between the parts of a message: the next one sends what was left, and repeats nothing."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from contact_center.attachments.models import Attachment
from contact_center.attachments.service import receive
from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.database import Database
from tests.contact_center.attachments.sample_files import PDF, jpeg
from tests.e2e.system import TAWASUL
from tests.fakes.telegram import Citizen, TelegramServer

WORDS, PHOTO = "تم ردم الحفرة. " * 100, jpeg(comment=b"after")


async def _kept(database: Database, storage: Storage, content: bytes) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    stored = await receive(storage, chunks())
    kind = "photo" if stored.media_type == "image/jpeg" else "document"
    described = {"kind": kind, "media_type": stored.media_type, "filename": f"بعد.{stored.extension}"}
    described |= {"source_key": stored.sha256, "sha256": stored.sha256, "storage_key": stored.storage_key}
    async with database.transaction() as session:
        file = Attachment(size=stored.size, **described)
        session.add(file)
    return str(file.id)


async def _reply(database: Database, citizen: Citizen, files: list[str]) -> None:
    """An agency's long answer with a photo and a PDF: three parts on Telegram."""
    async with database.transaction() as session:
        identity = await identity_for(session, ChannelCode.TELEGRAM, str(citizen.id), None, None)
        conversation = await begin(session, ChannelCode.TELEGRAM, str(citizen.id), identity)
        await outbox.say(session, conversation, WORDS, role="agency", attachments=files)


@asynccontextmanager
async def _worker(environment: dict[str, str]) -> AsyncIterator[None]:
    """A worker process that is killed, not stopped, at the end."""
    process = await asyncio.create_subprocess_exec(TAWASUL, "worker", env=environment)
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def _until_asked(server: TelegramServer, method: str) -> None:
    async with asyncio.timeout(60):
        while not server.calls_of(method):  # noqa: ASYNC110  (another process asks)
            await asyncio.sleep(0.05)


async def test_only_what_had_not_arrived_is_sent_again(database: Database, database_url: str, tmp_path: Path) -> None:
    async with TelegramServer.running() as server:
        citizen, storage = server.citizen(), Storage(tmp_path / "attachments")
        environment = os.environ | {
            "TAWASUL_DATABASE_URL": database_url,
            "TAWASUL_DATA_DIR": str(tmp_path),
            "TAWASUL_TELEGRAM_TOKEN": server.token,
            "TAWASUL_TELEGRAM_API_URL": server.url,
        }
        await _reply(database, citizen, [await _kept(database, storage, content) for content in (PHOTO, PDF)])
        server.fail_next("sendDocument", code=500, delay=300)
        async with _worker(environment):
            await _until_asked(server, "sendDocument")
        async with _worker(environment):
            heard = [await citizen.hears(60) for _ in range(3)]
            await citizen.hears_nothing(1)
    assert [one.text for one in heard] == [WORDS.strip(), "", ""]
    assert [one.file.content for one in heard if one.file] == [PHOTO, PDF]
    assert [len(server.calls_of(method)) for method in ("sendMessage", "sendPhoto", "sendDocument")] == [1, 1, 2]

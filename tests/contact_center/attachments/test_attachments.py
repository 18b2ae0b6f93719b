import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sample_files import PDF, jpeg, mp4, png
from sqlalchemy import func, select

from contact_center.attachments import queries, service
from contact_center.attachments.models import Attachment
from contact_center.attachments.service import Rejected, StoredFile
from contact_center.attachments.storage import Storage
from contact_center.database import Database

Chunks = Callable[..., AsyncIterator[bytes]]


async def test_a_photo_is_taken_for_what_it_is(database: Database, storage: Storage, in_chunks: Chunks) -> None:
    conversation = uuid4()
    stored = await service.receive(storage, in_chunks(jpeg()))
    async with database.transaction() as session:
        kept = await service.record(session, conversation, "m-1:0", "photo", "../صورتي.html", stored)
    async with database.transaction() as session:
        found = await queries.by_id(session, kept.id)
    assert found is not None
    assert (found.kind, found.media_type, found.filename) == ("photo", "image/jpeg", "صورتي.jpg")
    assert (found.size, found.case_id, found.conversation_id) == (len(jpeg()), None, conversation)
    assert storage.path(found.storage_key).read_bytes() == jpeg()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (bytes(1001), "too_large"),
        (b"<svg onload=alert(1)>", "unknown_type"),
        (jpeg(comment=b"<script>"), "disguised"),
        (png(100_000, 100_000), "too_many_pixels"),
    ],
)
async def test_what_is_refused_is_said_and_not_kept(
    storage: Storage, in_chunks: Chunks, tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(Rejected) as refused:
        await service.receive(storage, in_chunks(content))
    assert refused.value.reason == reason
    assert refused.value.sentence
    assert files_under(tmp_path) == []


async def test_a_broken_download_is_no_refusal(storage: Storage, in_chunks: Chunks) -> None:
    with pytest.raises(ConnectionError):
        await service.receive(storage, in_chunks(jpeg(), error=ConnectionError("gone")))


@pytest.mark.parametrize(
    ("content", "claimed", "kind"),
    [
        (jpeg(), "photo", "photo"),
        (PDF, "photo", "document"),
        (jpeg(), "voice", "photo"),
        (jpeg(), "document", "document"),
        (mp4(b"M4A "), "voice", "voice"),
        (mp4(b"isom"), "voice", "voice"),
        (mp4(b"isom"), "photo", "video"),
        (mp4(b"isom"), "nonsense", "video"),
    ],
)
async def test_the_kind_follows_the_bytes(
    database: Database, storage: Storage, in_chunks: Chunks, content: bytes, claimed: str, kind: str
) -> None:
    stored = await service.receive(storage, in_chunks(content))
    async with database.transaction() as session:
        assert (await service.record(session, uuid4(), "m:0", claimed, None, stored)).kind == kind


def files_under(path: Path) -> list[Path]:
    return [found for found in path.rglob("*") if found.is_file()]


@pytest.fixture
def stored() -> StoredFile:
    return StoredFile("a" * 64, "a" * 64, 3, "image/jpeg", "jpg")


async def test_the_same_file_of_the_same_message_is_noted_once_even_at_once(
    database: Database, stored: StoredFile
) -> None:
    conversation = uuid4()

    async def note(name: str) -> Attachment:
        async with database.transaction() as session:
            return await service.record(session, conversation, "m-1:0", "photo", name, stored)

    noted = await asyncio.gather(*(note(f"{n}.jpg") for n in range(8)))
    assert len({(attachment.id, attachment.filename) for attachment in noted}) == 1
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Attachment)) == 1


async def test_found_by_source_or_id_but_only_in_its_conversation(database: Database, stored: StoredFile) -> None:
    mine, theirs = uuid4(), uuid4()
    async with database.transaction() as session:
        kept = await service.record(session, mine, "m-1:0", "photo", None, stored)
        for identifier, key in ((None, "m-1:0"), (str(kept.id), "anything")):
            assert await service.find(session, mine, identifier, key) is kept
            assert await service.find(session, theirs, identifier, key) is None
        assert await service.find(session, mine, None, "m-1:1") is None


async def test_what_a_conversation_sent_and_no_case_has(database: Database, stored: StoredFile) -> None:
    mine = uuid4()
    async with database.transaction() as session:
        first = await service.record(session, mine, "m-1:0", "photo", None, stored)
        second = await service.record(session, mine, "m-1:1", "photo", None, stored)
        await service.record(session, uuid4(), "m-2:0", "photo", None, stored)
        assert [kept.id for kept in await queries.unfiled(session, mine)] == [first.id, second.id]
        assert await queries.of_case(session, uuid4()) == []
        assert await queries.of_cases(session, []) == {}

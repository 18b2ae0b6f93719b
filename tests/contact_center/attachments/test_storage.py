import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from contact_center.attachments.storage import MAX_BYTES, Storage, TooLarge, open_storage
from contact_center.settings import Settings

Chunks = Callable[..., AsyncIterator[bytes]]


def files_under(path: Path) -> list[Path]:
    return [found for found in path.rglob("*") if found.is_file()]


async def keep(storage: Storage, chunks: AsyncIterator[bytes]) -> str:
    return await storage.keep(await storage.write(chunks))


async def test_a_file_comes_back_as_it_was(storage: Storage, in_chunks: Chunks) -> None:
    content = os.urandom(999)
    key = await keep(storage, in_chunks(content))
    assert key == hashlib.sha256(content).hexdigest()
    assert storage.path(key).read_bytes() == content
    assert storage.path(key).stat().st_mode & 0o777 == 0o600


async def test_equal_files_are_kept_once(storage: Storage, in_chunks: Chunks, tmp_path: Path) -> None:
    keys = await asyncio.gather(*(keep(storage, in_chunks(b"the same")) for _ in range(8)))
    assert len(set(keys)) == 1
    assert len(files_under(tmp_path)) == 1


async def test_a_file_that_is_too_large_is_given_up_early(storage: Storage, in_chunks: Chunks, tmp_path: Path) -> None:
    seen = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal seen
        while True:
            seen += 100
            yield bytes(100)

    with pytest.raises(TooLarge):
        await storage.write(endless())
    assert seen == 1100
    assert files_under(tmp_path) == []
    assert await storage.keep(await storage.write(in_chunks(bytes(1000))))


async def test_a_broken_download_leaves_nothing(storage: Storage, in_chunks: Chunks, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        await storage.write(in_chunks(b"half a fi", error=ConnectionError("gone")))
    assert files_under(tmp_path) == []


async def test_a_cancelled_download_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    async def stuck() -> AsyncIterator[bytes]:
        yield b"a few bytes"
        await asyncio.Event().wait()

    writing = asyncio.create_task(storage.write(stuck()))
    await asyncio.sleep(0.1)
    assert len(files_under(tmp_path)) == 1
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert files_under(tmp_path) == []


async def test_what_is_dropped_is_gone(storage: Storage, in_chunks: Chunks, tmp_path: Path) -> None:
    incoming = await storage.write(in_chunks(b"no"))
    await storage.drop(incoming)
    await storage.drop(incoming)
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64, f"{'a' * 64}\n", "/etc/passwd"])
def test_no_key_leads_out_of_the_directory(storage: Storage, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage.path(key)


async def test_the_configured_directory_is_used(in_chunks: Chunks, tmp_path: Path) -> None:
    default = open_storage(Settings(data_dir=tmp_path / "var"))
    chosen = open_storage(Settings(storage_url=f"file://{tmp_path}/a%20place"))
    await keep(default, in_chunks(b"x"))
    await keep(chosen, in_chunks(b"x"))
    assert len(files_under(tmp_path / "var" / "attachments")) == 1
    assert len(files_under(tmp_path / "a place")) == 1


@pytest.mark.parametrize("url", ["s3://bucket/x", "file://server/share", "var/files", "file:relative"])
def test_another_kind_of_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="TAWASUL_STORAGE_URL"):
        open_storage(Settings(storage_url=url))


def test_the_limit_is_twenty_megabytes() -> None:
    assert MAX_BYTES == 20 * 1024 * 1024

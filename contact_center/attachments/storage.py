"""Where files are: a directory, each file under the SHA-256 of its bytes, so that equal files are kept once."""

import asyncio
import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from contact_center.settings import Settings

MAX_BYTES = 20 * 1024 * 1024
"""The largest file that Telegram hands out to a bot."""
_KEY = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """More bytes came than are kept."""


class Incoming:
    """A file that was written whole but is not yet one of ours: look at it, then keep or drop it."""

    def __init__(self, path: Path, size: int, sha256: str) -> None:
        self.path = path
        self.size = size
        self.sha256 = sha256


class Storage:
    """A directory of files. A key is the SHA-256 of a file, in hexadecimal."""

    def __init__(self, root: Path, max_bytes: int = MAX_BYTES) -> None:
        self._root = root
        self._max_bytes = max_bytes

    async def write(self, chunks: AsyncIterable[bytes]) -> Incoming:
        """Write a stream aside, safely on the disk. Raises `TooLarge`, and leaves nothing behind if anything fails."""
        path = self._root / "incoming" / secrets.token_hex(16)
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        size, digest = 0, hashlib.sha256()
        file = await asyncio.to_thread(_create, path)
        try:
            with file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > self._max_bytes:
                        raise TooLarge(f"more than {self._max_bytes} bytes")
                    digest.update(chunk)
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_to_disk, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Incoming(path, size, digest.hexdigest())

    async def keep(self, incoming: Incoming) -> str:
        """Make a written file one of ours, at once and for good; returns its key."""
        await asyncio.to_thread(_move, incoming.path, self._path(incoming.sha256))
        return incoming.sha256

    async def drop(self, incoming: Incoming) -> None:
        """Forget a written file."""
        with suppress(FileNotFoundError):
            await asyncio.to_thread(incoming.path.unlink)

    async def remove(self, key: str, older_than: datetime) -> None:
        """Delete a kept file, unless it was kept (again) since that moment: the same bytes may just have come anew."""
        path = self._path(key)
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < older_than.timestamp():
                await asyncio.to_thread(path.unlink)

    def path(self, key: str) -> Path:
        """Where the bytes of a kept file are. Raises `FileNotFoundError` for a key that is none or is unknown."""
        path = self._path(key) if _KEY.fullmatch(key) else None
        if path is None or not path.is_file():
            raise FileNotFoundError(key)
        return path

    def place(self, key: str) -> Path:
        """Where the bytes of a kept file are, or were."""
        return self._path(key)

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key


def open_storage(settings: Settings) -> Storage:
    """The configured storage. Raises `ValueError` for a `TAWASUL_STORAGE_URL` that is not `file:///…`."""
    if not settings.storage_url:
        return Storage(settings.data_dir / "attachments")
    url = urlsplit(settings.storage_url)
    if url.scheme != "file" or url.netloc not in ("", "localhost") or not url.path.startswith("/"):
        raise ValueError("TAWASUL_STORAGE_URL must look like file:///srv/tawasul/attachments")
    return Storage(Path(unquote(url.path)))


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)

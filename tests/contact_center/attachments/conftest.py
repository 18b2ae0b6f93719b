"""A storage of the test's own, and bytes as they come over a network."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from contact_center.attachments.storage import Storage

Chunks = Callable[..., AsyncIterator[bytes]]


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    """A storage of the test's own, for files of at most 1,000 bytes."""
    return Storage(tmp_path / "files", max_bytes=1000)


@pytest.fixture
def in_chunks() -> Chunks:
    """Bytes as they come over a network: a few at a time, and perhaps an error in the end."""

    async def stream(content: bytes, size: int = 7, error: Exception | None = None) -> AsyncIterator[bytes]:
        for start in range(0, len(content), size):
            yield content[start : start + size]
        if error:
            raise error

    return stream

"""The embedded PostgreSQL under the supervisor: it comes back when it dies, and ends with its keeper."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from contact_center.settings import Settings
from contact_center.supervision import processes
from contact_center.supervision.child import Child
from contact_center.supervision.terminal import Terminal


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Not under pytest's own directory, which the server's user may not enter."""
    with tempfile.TemporaryDirectory(prefix="tawasul-tests-", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


def postmaster(data_dir: Path) -> int | None:
    """The server's process id; None in the moment in which a starting one replaces what a dead one left."""
    try:
        return int((data_dir / "postgres/postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError):
        return None


async def answers(url: str) -> bool:
    try:
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=2) as connection:
            await connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


async def test_it_comes_back_when_it_dies_and_ends_with_its_keeper(data_dir: Path, terminal: Terminal) -> None:
    settings = Settings(data_dir=data_dir, _env_file=None)
    environment = processes.service_environment(settings, None)
    keeper = Child(processes.database(settings, environment), terminal)
    url = (await asyncio.wait_for(keeper.ready_line(), 60))[1]
    assert await answers(url)

    first = postmaster(data_dir)
    assert first is not None
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(30):
        while postmaster(data_dir) in (None, first) or not await answers(url):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert "PostgreSQL died; it is started again" in terminal.text

    second = postmaster(data_dir)
    assert second is not None
    await keeper.stop()
    assert not psutil.pid_exists(second)
    assert not (data_dir / "postgres/postmaster.pid").exists()
    assert "Failed" not in terminal.text

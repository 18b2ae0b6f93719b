"""A database of the year's own, as it is before the first case."""

import asyncio
import secrets

import psycopg
from alembic import command
from sqlalchemy import make_url

from contact_center.accounts.service import Role, create_account
from contact_center.agencies.catalogue import catalogue
from contact_center.configuration.shipped import load
from contact_center.database import Database
from contact_center.migrations import alembic_config
from tests.year.citizens import AGENTS


async def year_database(server: str) -> str:
    """The URL of a new database on the server at `server`: migrated, with the catalogue, and agents enough for all."""
    name = f"year_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    await asyncio.to_thread(command.upgrade, alembic_config(url), "head")
    database = Database(url, pool_size=1)
    async with database.transaction() as session:
        await load(session, catalogue())
        for agent in AGENTS:
            await create_account(session, agent, Role.AGENT, actor="system")
    await database.close()
    return url

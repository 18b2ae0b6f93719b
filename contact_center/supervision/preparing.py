"""What a database needs before the service runs on it: the schema, the catalogue, and somebody who can sign in."""

import asyncio

from alembic import command

from contact_center.accounts.first_admin import FirstAdmin, create_first_admin
from contact_center.agencies import loading
from contact_center.agencies.catalogue import catalogue
from contact_center.database import Database
from contact_center.migrations import alembic_config


async def prepare(url: str) -> FirstAdmin | None:
    """Migrate the database at `url` (libpq) and load the catalogue; running it again changes nothing.

    Returns the first administrator, with the password, if that account was made just now, else None.
    """
    await asyncio.to_thread(command.upgrade, alembic_config(url), "head")
    database = Database(url, pool_size=1)
    try:
        async with database.transaction() as session:
            await loading.load(session, catalogue())
            return await create_first_admin(session)
    finally:
        await database.close()

"""What a database needs before the service runs on it: the schema, the catalogue, and somebody who can sign in."""

import asyncio

from alembic import command

from contact_center.accounts.first_admin import create_first_admin
from contact_center.agencies.catalogue import catalogue
from contact_center.configuration import shipped
from contact_center.database import Database
from contact_center.migrations import alembic_config


async def prepare(url: str) -> str | None:
    """Migrate the database at `url` (libpq) and load what is shipped; running it again changes nothing.

    Returns how the first administrator signs in if that account was made just now: to be shown once, since the password
    is kept nowhere in plain words. Else None.
    """
    await asyncio.to_thread(command.upgrade, alembic_config(url), "head")
    database = Database(url, pool_size=1)
    try:
        async with database.transaction() as session:
            await shipped.load(session, catalogue())
            admin = await create_first_admin(session)
    finally:
        await database.close()
    if admin is None:
        return None
    return f"Sign in to the console as {admin.username} with the password {admin.password} (shown only now)."

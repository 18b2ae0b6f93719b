"""The first administrator, without whom nobody could make the others."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.queries import any_account
from contact_center.accounts.roles import Role
from contact_center.accounts.service import create_account

USERNAME = "admin"
_ONE_AT_A_TIME = 7227003
"""Advisory lock: two processes that start at once must not both find no account."""


@dataclass(frozen=True)
class FirstAdmin:
    """What to print, once."""

    username: str
    password: str


async def create_first_admin(session: AsyncSession) -> FirstAdmin | None:
    """Make the account `admin` if there is no account yet; None if there is one."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    if await any_account(session):
        return None
    account, password = await create_account(session, USERNAME, Role.ADMIN, actor="system")
    return FirstAdmin(account.username, password)

"""The first administrator, without whom nobody could make the others."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.queries import any_account
from contact_center.accounts.roles import Role
from contact_center.accounts.service import create_account
from contact_center.advisory_locks import Lock, one_at_a_time

USERNAME = "admin"


@dataclass(frozen=True)
class FirstAdmin:
    """What to print, once."""

    username: str
    password: str


async def create_first_admin(session: AsyncSession) -> FirstAdmin | None:
    """Make the account `admin` if there is no account yet; None if there is one."""
    await one_at_a_time(session, Lock.MAKE_FIRST_ADMIN)
    if await any_account(session):
        return None
    account, password = await create_account(session, USERNAME, Role.ADMIN, actor="system")
    return FirstAdmin(account.username, password)

"""Reads: accounts and keys."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, ApiKey


async def account_named(session: AsyncSession, username: str, *, lock: bool = False) -> Account | None:
    """The account of a name, in any case of letters; `lock`: its row is ours until the transaction ends."""
    named = select(Account).where(Account.username == username.strip().lower())
    if lock:
        named = named.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(named)


async def accounts(session: AsyncSession) -> Sequence[Account]:
    """All accounts by name, the disabled ones too."""
    return list(await session.scalars(select(Account).order_by(Account.username)))


async def any_account(session: AsyncSession) -> bool:
    """Whether there is an account at all."""
    return bool(await session.scalar(select(exists().select_from(Account))))


async def api_keys(session: AsyncSession) -> Sequence[ApiKey]:
    """All keys by name, the revoked ones too; what they are is not kept."""
    return list(await session.scalars(select(ApiKey).order_by(ApiKey.name)))


async def anyone_on_duty(session: AsyncSession) -> bool:
    """Whether anybody of the contact centre takes conversations now."""
    return bool(await session.scalar(select(exists().where(Account.on_duty, Account.disabled_at.is_(None)))))

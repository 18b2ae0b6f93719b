"""Reads: accounts and keys."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, ApiKey
from contact_center.accounts.openid_name import openid_name
from contact_center.accounts.roles import Role


async def account_named(session: AsyncSession, username: str, *, lock: bool = False) -> Account | None:
    """The account of a name, in any case of letters; `lock`: its row is ours until the transaction ends."""
    named = select(Account).where(Account.username == username.strip().lower())
    if lock:
        named = named.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(named)


async def account_named_outside(session: AsyncSession, name: str) -> Account | None:
    """The account that the identity provider calls so, if it is not disabled."""
    named = select(Account).where(Account.external_id == openid_name(name), Account.disabled_at.is_(None))
    return await session.scalar(named)


async def accounts(session: AsyncSession) -> Sequence[Account]:
    """All accounts by name, the disabled ones too."""
    return list(await session.scalars(select(Account).order_by(Account.username)))


async def staff(session: AsyncSession, text: str = "", role: str = "", agency: str = "") -> Sequence[Account]:
    """The accounts with `text` in their names, of a role and of an agency (by its code), whoever is disabled last."""
    wanted = select(Account).order_by(Account.disabled_at.is_not(None), Account.display_name, Account.username)
    if text.strip():
        names = (Account.display_name, Account.username, Account.external_id)
        wanted = wanted.where(or_(*(name.icontains(text.strip(), autoescape=True) for name in names)))
    if role:
        wanted = wanted.where(Account.role == role)
    if agency:
        wanted = wanted.where(Account.agency == agency)
    return list(await session.scalars(wanted))


async def colleagues(session: AsyncSession, agency: str) -> Sequence[Account]:
    """Who of an agency can be given work, by display name: whoever is not disabled."""
    theirs = select(Account).where(Account.agency == agency, Account.disabled_at.is_(None))
    return list(await session.scalars(theirs.order_by(Account.display_name, Account.username)))


async def display_names(session: AsyncSession, usernames: Collection[str]) -> dict[str, str]:
    """How the accounts of these usernames are called; whoever is none is missing. At most one query."""
    if not usernames:
        return {}
    named = select(Account.username, Account.display_name).where(Account.username.in_(usernames))
    return {row.username: row.display_name for row in await session.execute(named)}


async def another_admin(session: AsyncSession, account_id: UUID) -> bool:
    """Whether there is an administrator beside this account, who is not disabled."""
    there = exists().where(Account.role == Role.ADMIN, Account.id != account_id, Account.disabled_at.is_(None))
    return bool(await session.scalar(select(there)))


async def any_account(session: AsyncSession) -> bool:
    """Whether there is an account at all."""
    return bool(await session.scalar(select(exists().select_from(Account))))


async def api_keys(session: AsyncSession) -> Sequence[ApiKey]:
    """All keys by name, the revoked ones too; what they are is not kept."""
    return list(await session.scalars(select(ApiKey).order_by(ApiKey.name)))


async def on_duty(session: AsyncSession) -> Sequence[Account]:
    """Who takes conversations now, by display name: whoever is away is not among them."""
    there = select(Account).where(Account.on_duty, Account.disabled_at.is_(None))
    return list(await session.scalars(there.order_by(Account.display_name, Account.username)))


async def anyone_on_duty(session: AsyncSession) -> bool:
    """Whether anybody of the contact centre takes conversations now, and is not away."""
    return bool(await session.scalar(select(exists().where(Account.on_duty, Account.disabled_at.is_(None)))))

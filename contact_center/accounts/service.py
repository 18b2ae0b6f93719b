"""What can be done with staff accounts. Each change is in the audit trail."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit, passwords
from contact_center.accounts.models import Account, StaffSession
from contact_center.accounts.openid_name import openid_name
from contact_center.accounts.queries import account_named, another_admin
from contact_center.accounts.roles import AGENCY_ROLES, Role
from contact_center.advisory_locks import Lock, one_at_a_time
from contact_center.agencies.models import Agency
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput, NotFound

LEFT_AFTER = timedelta(minutes=10)
"""Without an open page for so long, a member of staff has left."""
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


async def create_account(
    session: AsyncSession,
    username: str,
    role: str,
    *,
    actor: str,
    display_name: str | None = None,
    agency: str | None = None,
    password: str | None = None,
    temporary: bool = False,
    external_id: str | None = None,
    language: str = "ar",
) -> tuple[Account, str]:
    """A new account and its password, made up if none is given; show it once, it cannot be read again.

    `temporary`: its owner chooses another before anything else; `external_id`: see `Account`.
    Raises `InvalidInput` for a name, role, agency or password that cannot be, `Conflict` for a name that is taken.
    """
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise InvalidInput(
            "A username has 2 to 40 of the letters a-z, digits, dots, dashes and underscores.", why="username"
        )
    await check_place(session, role, agency)
    external_id = await free_external_id(session, external_id)
    password = password or passwords.generate()
    row = {
        "username": username,
        "display_name": (display_name or "").strip() or username,
        "password_hash": await hashed(password),
        "password_temporary": temporary,
        "external_id": external_id,
        "role": role,
        "agency": agency,
        "language": language,
    }
    new = insert(Account).values(**row).on_conflict_do_nothing(index_elements=["username"]).returning(Account)
    account: Account | None = await session.scalar(new)
    if account is None:
        raise Conflict(f"There is already an account {username}.", why="taken")
    await audit.record(session, actor, "account.create", username, role=role, agency=agency)
    return account, password


async def reset_password(
    session: AsyncSession, username: str, *, actor: str, password: str | None = None, temporary: bool = False
) -> str:
    """Set a password, made up if none is given, and end the account's sessions; returns it. Raises `NotFound`.

    `temporary`: its owner chooses another before anything else.
    """
    account = await locked(session, username)
    password = password or passwords.generate()
    account.password_hash, account.password_temporary = await hashed(password), temporary
    await _end_sessions(session, account)
    await audit.record(session, actor, "account.reset_password", account.username)
    return password


async def disable_account(session: AsyncSession, username: str, *, actor: str) -> None:
    """Shut an account out at once; its name stays in what it did.

    Raises `NotFound`, and `Conflict` for the last administrator, whom everything reaches that reaches nobody else.
    """
    account = await locked_beside_an_admin(session, username)
    if account.disabled_at is not None:
        return
    account.disabled_at, account.on_duty = now(), False
    await _end_sessions(session, account)
    await audit.record(session, actor, "account.disable", account.username)


async def set_duty(session: AsyncSession, username: str, *, on: bool, actor: str) -> None:
    """Say whether a member of staff takes conversations now. Raises `NotFound`, `Conflict` for a disabled account."""
    account = await locked(session, username)
    if on and account.disabled_at is not None:
        raise Conflict(f"The account {account.username} is disabled.")
    account.on_duty = on
    await audit.record(session, actor, "account.duty", account.username, on=on)


async def end_abandoned_duty(session: AsyncSession) -> list[str]:
    """Let those be away who left without saying so, and return their usernames: signed in, but no page of theirs has
    been open for `LEFT_AFTER`, as each open page counts as seen once a minute. Who never signed in works in another
    machine, and nothing is known of when they leave.
    """
    theirs = (StaffSession.account_id == Account.id, StaffSession.half.is_(False))
    here = exists().where(*theirs, StaffSession.last_seen_at > now() - LEFT_AFTER)
    left = select(Account).where(Account.on_duty, exists().where(*theirs), ~here)
    accounts = list(await session.scalars(left.with_for_update(skip_locked=True)))
    for account in accounts:
        account.on_duty = False
        await audit.record(session, "system", "account.duty", account.username, on=False)
    return [account.username for account in accounts]


async def check_place(session: AsyncSession, role: str, agency: str | None) -> None:
    """Raise `InvalidInput` where there is no such role, or the agency does not go with it."""
    if role not in set(Role):
        raise InvalidInput(f"A role is one of {', '.join(Role)}.", why="role")
    if (role in AGENCY_ROLES) != (agency is not None):
        raise InvalidInput("Officers, supervisors and heads belong to an agency; nobody else does.", why="agency")
    if agency is not None and await session.get(Agency, agency) is None:
        raise InvalidInput(f"There is no agency {agency!r}.", why="agency")


async def free_external_id(session: AsyncSession, external_id: str | None, holder: str = "") -> str | None:
    """What the identity provider calls somebody, as it is kept; None for nothing. `holder`: whose it may be already.

    Raises `Conflict` where it is another account's.
    """
    kept = openid_name(external_id or "") or None
    taken = await session.scalar(select(Account.username).where(Account.external_id == kept)) if kept else None
    if taken not in (None, holder):
        raise Conflict(f"{taken} signs in as {kept} already.", why="external_id")
    return kept


async def locked(session: AsyncSession, username: str) -> Account:
    """The account of a name, ours until the transaction ends. Raises `NotFound`."""
    account = await account_named(session, username, lock=True)
    if account is None:
        raise NotFound(f"There is no account {username}.")
    return account


async def locked_beside_an_admin(session: AsyncSession, username: str) -> Account:
    """The same, for what would make it an administrator no more. Raises `NotFound`, `Conflict` for the last one."""
    await one_at_a_time(session, Lock.DISABLE_ACCOUNT)
    account = await locked(session, username)
    is_one = account.role == Role.ADMIN and account.disabled_at is None
    if is_one and not await another_admin(session, account.id):
        raise Conflict(f"{account.username} is the last administrator.", why="last_admin")
    return account


async def hashed(password: str) -> str:
    """What is kept of a password, reckoned beside the event loop. Raises `InvalidInput` for one that is too weak."""
    passwords.check_strength(password)
    return await asyncio.to_thread(passwords.hashed, password)


async def _end_sessions(session: AsyncSession, account: Account) -> None:
    await session.execute(delete(StaffSession).where(StaffSession.account_id == account.id))

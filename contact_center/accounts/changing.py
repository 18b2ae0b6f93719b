"""Changes of an account: by administrators, and its owner's own password. Each is in the audit trail."""

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit, passwords, sessions
from contact_center.accounts.models import Account
from contact_center.accounts.roles import MAY, Action, Role
from contact_center.accounts.service import check_place, free_external_id, hashed, locked, locked_beside_an_admin
from contact_center.accounts.sign_in import MAX_PER_ADDRESS, MAX_PER_USERNAME, count, forgive
from contact_center.accounts.tokens import token_hash
from contact_center.errors import InvalidInput


@dataclass(frozen=True)
class Place:
    """What an administrator says of an account; `agency` is a code, None for those who belong to none."""

    display_name: str
    role: str
    agency: str | None
    external_id: str | None


async def change_account(session: AsyncSession, username: str, place: Place, *, actor: str) -> bool:
    """Give an account another name, role, agency or name at the identity provider; False where nothing is different.

    Raises `NotFound`, `InvalidInput` for what cannot be, `Conflict` for the last administrator's role and for an
    `external_id` that is another account's.
    """
    await check_place(session, place.role, place.agency)
    find = locked if place.role == Role.ADMIN else locked_beside_an_admin
    account = await find(session, username)
    wanted = {
        "display_name": place.display_name.strip() or account.username,
        "role": place.role,
        "agency": place.agency,
        "external_id": await free_external_id(session, place.external_id, account.username),
    }
    changes = {name: [getattr(account, name), to] for name, to in wanted.items() if getattr(account, name) != to}
    for name, (_, to) in changes.items():
        setattr(account, name, to)
    if Action.TAKE_CALLS not in MAY[Role(place.role)]:
        account.on_duty = False
    if changes:
        await audit.record(session, actor, "account.change", account.username, **changes)
    return bool(changes)


async def enable_account(session: AsyncSession, username: str, *, actor: str) -> None:
    """Let a disabled account sign in again. Raises `NotFound`."""
    account = await locked(session, username)
    if account.disabled_at is not None:
        account.disabled_at = None
        await audit.record(session, actor, "account.enable", account.username)


async def drop_temporary_password(session: AsyncSession, account: Account) -> None:
    """Make a temporary password worthless, for whoever signs in with an identity provider and has no use for it."""
    if account.password_temporary:
        account.password_hash, account.password_temporary = await hashed(passwords.generate()), False


async def choose_password(
    session: AsyncSession, account: Account, present: str, new: str, *, token: str, address: str, actor: str
) -> bool:
    """Set one's own password; False where `present` is not the one so far. Other sessions of the account end.

    `token`: the session that goes on; `address`: the client's IP address. Commit in either case. Raises
    `InvalidInput` for a new one that is too weak or the same, `TooMany` as signing in does.
    """
    keys = f"username:{token_hash(account.username)}", f"address:{address}"
    await count(session, keys[0], MAX_PER_USERNAME)
    await count(session, keys[1], MAX_PER_ADDRESS)
    own = await locked(session, account.username)
    if not await asyncio.to_thread(passwords.matches, present, own.password_hash):
        return False
    await forgive(session, *keys)
    if new == present:
        raise InvalidInput("The new password is the old one.")
    own.password_hash, own.password_temporary = await hashed(new), False
    await sessions.end_others(session, own, token)
    await audit.record(session, actor, "account.choose_password", own.username)
    return True

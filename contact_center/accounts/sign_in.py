"""Signing in, and slowing down whoever guesses."""

import asyncio
import math
from datetime import timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import passwords
from contact_center.accounts.models import Account, SignInAttempts
from contact_center.accounts.queries import account_named
from contact_center.accounts.tokens import token_hash
from contact_center.clock import now
from contact_center.errors import TooMany

WINDOW = timedelta(minutes=15)
MAX_PER_USERNAME = 10
MAX_PER_ADDRESS = 50
"""Higher: a whole office may share an address."""


async def sign_in(session: AsyncSession, username: str, password: str, address: str) -> Account | None:
    """The account, or None for a wrong name or password or a disabled account, which all take equally long.

    `address`: the client's IP address. Commit in either case: a failure counts only if it is committed. Raises
    `TooMany` (with `retry_after` in seconds) where the name or the address has failed too often within 15 minutes.
    """
    await count(session, f"username:{token_hash(username.strip().lower())}", MAX_PER_USERNAME)
    await count(session, f"address:{address}", MAX_PER_ADDRESS)
    account = await account_named(session, username)
    right = await asyncio.to_thread(passwords.matches, password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        return None
    await forgive(session, f"username:{token_hash(account.username)}", f"address:{address}")
    return account


async def count(session: AsyncSession, key: str, limit: int) -> None:
    """Count a try before it is made: of many at once, each sees the ones before it. Raises `TooMany` above `limit`."""
    begun = now()
    fresh = insert(SignInAttempts).values(key=key, tries=1, window_started_at=begun)
    over = SignInAttempts.window_started_at <= begun - WINDOW
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": case((over, 1), else_=SignInAttempts.tries + 1),
            "window_started_at": case((over, begun), else_=SignInAttempts.window_started_at),
        },
    ).returning(SignInAttempts.tries, SignInAttempts.window_started_at)
    tries, started = (await session.execute(counted)).one()
    if tries > limit:
        wait = (started + WINDOW - begun).total_seconds()
        raise TooMany("Too many attempts to sign in. Try again later.", retry_after=max(1, math.ceil(wait)))


async def forgive(session: AsyncSession, key: str | None, address_key: str) -> None:
    """After a success: `key` starts anew, the address gets this try back; windows long over are forgotten."""
    if key is not None:
        await session.execute(delete(SignInAttempts).where(SignInAttempts.key == key))
    address = await session.get_one(SignInAttempts, address_key, populate_existing=True)
    address.tries -= 1
    old = select(SignInAttempts.key).where(SignInAttempts.window_started_at <= now() - WINDOW)
    # Rows that another sign-in holds are left to it: waiting for them here could wait for each other.
    old = old.with_for_update(skip_locked=True)
    await session.execute(delete(SignInAttempts).where(SignInAttempts.key.in_(old)))

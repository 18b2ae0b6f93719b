"""Signed-in browsers: a random token in a cookie, its SHA-256 in the database."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, StaffSession
from contact_center.accounts.tokens import new_token, token_hash
from contact_center.clock import now

IDLE = timedelta(hours=8)
TOTAL = timedelta(hours=24)
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is known; a write at every click would be waste."""


async def start(session: AsyncSession, account: Account) -> str:
    """A new session for an account that has just signed in; returns the cookie's value. Never reuse an older one."""
    token, at = new_token(), now()
    session.add(
        StaffSession(
            token_hash=token_hash(token),
            account_id=account.id,
            created_at=at,
            last_seen_at=at,
            expires_at=_expiry(at, at),
        )
    )
    await session.flush()
    return token


async def find(session: AsyncSession, token: str) -> Account | None:
    """Whose session it is; None for an unknown, ended or expired one, or a disabled account. Each use extends it."""
    current = (StaffSession.token_hash == token_hash(token), StaffSession.expires_at > now())
    found = (
        await session.execute(
            select(StaffSession, Account)
            .join(Account, Account.id == StaffSession.account_id)
            .where(*current, Account.disabled_at.is_(None))
        )
    ).one_or_none()
    if found is None:
        return None
    staff_session, account = found
    if now() - staff_session.last_seen_at >= _SEEN_EVERY:
        staff_session.last_seen_at = now()
        staff_session.expires_at = _expiry(staff_session.created_at, staff_session.last_seen_at)
    return account


async def end(session: AsyncSession, token: str) -> None:
    """Sign out: the token opens nothing from now on. Also forgets the sessions that have expired."""
    gone = (StaffSession.token_hash == token_hash(token)) | (StaffSession.expires_at <= now())
    await session.execute(delete(StaffSession).where(gone))


def _expiry(created_at: datetime, last_seen_at: datetime) -> datetime:
    return min(last_seen_at + IDLE, created_at + TOTAL)

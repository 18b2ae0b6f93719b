"""Signed-in browsers: a random token in a cookie, its SHA-256 in the database."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account, StaffSession
from contact_center.accounts.tokens import new_token, token_hash
from contact_center.clock import now

IDLE = timedelta(hours=8)
TOTAL = timedelta(hours=24)
HALF = timedelta(minutes=10)
"""How long the second step of signing in may take."""
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is known; a write at every click would be waste."""


async def start(session: AsyncSession, account: Account, *, half: bool = False) -> str:
    """A new session for an account that has just signed in; returns the cookie's value. Never reuse an older one.

    `half`: the second step is still to come; `find` does not know such a session, `find_half` does.
    """
    token, at = new_token(), now()
    session.add(
        StaffSession(
            token_hash=token_hash(token),
            account_id=account.id,
            half=half,
            created_at=at,
            last_seen_at=at,
            expires_at=at + HALF if half else _expiry(at, at),
        )
    )
    await session.flush()
    return token


async def find(session: AsyncSession, token: str) -> Account | None:
    """Whose session it is; None for an unknown, half, ended or expired one, or a disabled account. Each use extends
    it."""
    found = (await session.execute(_current(token, half=False))).one_or_none()
    if found is None:
        return None
    staff_session, account = found
    if now() - staff_session.last_seen_at >= _SEEN_EVERY:
        staff_session.last_seen_at = now()
        staff_session.expires_at = _expiry(staff_session.created_at, staff_session.last_seen_at)
    return account


async def find_half(session: AsyncSession, token: str) -> Account | None:
    """Who has taken the first step of signing in and not the second; None likewise."""
    found = (await session.execute(_current(token, half=True))).one_or_none()
    return found[1] if found else None


async def end(session: AsyncSession, token: str) -> None:
    """Sign out: the token opens nothing from now on. Also forgets the sessions that have expired."""
    gone = (StaffSession.token_hash == token_hash(token)) | (StaffSession.expires_at <= now())
    await session.execute(delete(StaffSession).where(gone))


async def end_others(session: AsyncSession, account: Account, token: str) -> None:
    """Sign an account out everywhere but where the cookie is `token`."""
    others = (StaffSession.account_id == account.id, StaffSession.token_hash != token_hash(token))
    await session.execute(delete(StaffSession).where(*others))


def _current(token: str, *, half: bool) -> Select[StaffSession, Account]:
    current = (StaffSession.token_hash == token_hash(token), StaffSession.expires_at > now())
    return (
        select(StaffSession, Account)
        .join(Account, Account.id == StaffSession.account_id)
        .where(*current, StaffSession.half.is_(half), Account.disabled_at.is_(None))
    )


def _expiry(created_at: datetime, last_seen_at: datetime) -> datetime:
    return min(last_seen_at + IDLE, created_at + TOTAL)

"""Recovery codes: ten, shown once, for whoever has lost their authenticator app. Only their SHA-256 is kept."""

import re
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import passwords
from contact_center.accounts.models import RecoveryCode
from contact_center.accounts.tokens import token_hash

HOW_MANY = 10
_GROUPS = 4
"""Of four letters: 79 random bits, which nobody guesses, not even from their SHA-256."""
_BETWEEN = re.compile(r"[\s-]+")


async def replace(session: AsyncSession, account_id: UUID) -> list[str]:
    """New codes in place of whatever there was; show them once, they cannot be read again."""
    await forget(session, account_id)
    codes = [passwords.generate(_GROUPS) for _ in range(HOW_MANY)]
    rows = [{"account_id": account_id, "code_hash": _hash(code)} for code in codes]
    await session.execute(insert(RecoveryCode), rows)
    return codes


async def use(session: AsyncSession, account_id: UUID, code: str) -> bool:
    """Whether it is one of the account's codes; it is gone then. Of two uses at once, one succeeds."""
    theirs = (RecoveryCode.account_id == account_id, RecoveryCode.code_hash == _hash(code))
    gone = await session.scalar(delete(RecoveryCode).where(*theirs).returning(RecoveryCode.code_hash))
    return gone is not None


async def left(session: AsyncSession, account_id: UUID) -> int:
    """How many are not used yet."""
    mine = RecoveryCode.account_id == account_id
    return await session.scalar(select(func.count()).select_from(RecoveryCode).where(mine)) or 0


async def forget(session: AsyncSession, account_id: UUID) -> None:
    """Make all of an account's codes worthless."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _hash(code: str) -> str:
    return token_hash(_BETWEEN.sub("", code).lower())

"""One-time codes: six digits, sent to a phone, that prove that it belongs to who writes from an identity."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.advisory_locks import Lock, one_at_a_time
from contact_center.citizens.models import PhoneCode
from contact_center.clock import now

DIGITS = 6
VALID = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES, IN_TIME = 3, timedelta(hours=1)
"""So many codes may be asked for in an hour by one identity, and for one phone."""


class Trial(StrEnum):
    """What became of a code that was given back."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    """There is none, it is too old, was used, or was guessed at too often."""


@dataclass(frozen=True)
class NewCode:
    """What came of asking for a code. `code` is None where the same message asked before: it is on its way."""

    allowed: bool
    code: str | None = None


async def new_code(session: AsyncSession, identity_id: UUID, phone: str, *, cause: str, key: str) -> NewCode:
    """A new code for `phone` (E.164), to be sent there by the caller. `cause`: the message that asks; `key`: secret.

    Not allowed where the identity or the phone had too many in the last hour.
    """
    await one_at_a_time(session, Lock.SEND_CODE)
    if await session.scalar(select(PhoneCode.id).where(PhoneCode.cause == cause)):
        return NewCode(allowed=True)
    theirs = or_(PhoneCode.identity_id == identity_id, PhoneCode.phone == phone)
    recent = select(
        func.count().filter(PhoneCode.identity_id == identity_id), func.count().filter(PhoneCode.phone == phone)
    ).where(theirs, PhoneCode.created_at > now() - IN_TIME)
    if max((await session.execute(recent)).one()) >= MOST_CODES:
        return NewCode(allowed=False)
    code, code_id = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", uuid4()
    hashed = _hash(key, code_id, code)
    session.add(PhoneCode(id=code_id, identity_id=identity_id, phone=phone, code_hash=hashed, cause=cause))
    await session.flush()
    return NewCode(allowed=True, code=code)


async def try_code(
    session: AsyncSession, identity_id: UUID, code: str, *, cause: str, key: str
) -> tuple[Trial, str | None]:
    """Compare `code` with the identity's newest one; where it is right, also the phone (E.164) that it proves.

    The same message (`cause`) again brings the same answer and counts once.
    """
    newest = select(PhoneCode).where(PhoneCode.identity_id == identity_id).order_by(PhoneCode.created_at.desc())
    sent = await session.scalar(newest.limit(1).with_for_update())
    if sent is None or not _open(sent, cause):
        return Trial.SPENT, None
    if sent.last_try != cause:
        sent.tries, sent.last_try = sent.tries + 1, cause
    if hmac.compare_digest(sent.code_hash, _hash(key, sent.id, code)):
        sent.used_at = sent.used_at or now()
        return Trial.RIGHT, sent.phone
    return (Trial.SPENT if sent.tries >= MOST_TRIES else Trial.WRONG), None


def _open(sent: PhoneCode, cause: str) -> bool:
    if sent.last_try == cause:
        return True
    return sent.used_at is None and sent.tries < MOST_TRIES and now() - sent.created_at < VALID


def _hash(key: str, code_id: UUID, code: str) -> str:
    return hmac.new(key.encode(), f"{code_id}:{code}".encode(), "sha256").hexdigest()

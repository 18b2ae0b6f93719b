"""Slows down whoever tries reference numbers: after a few that are not theirs, they have to wait, ever longer."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import ReferenceGuesses
from contact_center.clock import now

WINDOW = timedelta(minutes=10)
FREE = 5
"""Different numbers within the window that are answered."""
PAUSES = (timedelta(minutes=10), timedelta(hours=1))
"""The first pause, and every later one."""
FORGIVEN = timedelta(days=1)
"""So long after a pause the next one is the first again."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Counted:
    """What is known of somebody's tries; see `ReferenceGuesses`."""

    window_started_at: datetime
    asked_for: tuple[str, ...] = ()
    pauses: int = 0
    paused_until: datetime | None = None


def after_asking(before: Counted, reference: str, at: datetime) -> Counted:
    """The count after one more number that is not theirs. Asking for the same again tells nothing new. Pure."""
    ended = before.paused_until
    if ended is not None and at < ended:
        return before
    pauses = 0 if ended is not None and at - ended >= FORGIVEN else before.pauses
    started, asked = before.window_started_at, before.asked_for
    if at - started >= WINDOW or (ended is not None and started < ended):
        started, asked = at, ()
    asked = tuple(dict.fromkeys((*asked, reference)))
    if len(asked) <= FREE:
        return Counted(started, asked, pauses, ended)
    return Counted(at, (), pauses + 1, at + PAUSES[min(pauses, len(PAUSES) - 1)])


async def minutes_to_wait(session: AsyncSession, identity_id: UUID, reference: str) -> int | None:
    """Count that somebody asks for a case that is not theirs, be it there or not; None: they may be answered.

    Otherwise the minutes until they may ask again. Takes the same steps whether or not the case exists. Commit it.
    """
    at = now()
    first = insert(ReferenceGuesses).values(identity_id=identity_id, window_started_at=at, asked_for=[], pauses=0)
    await session.execute(first.on_conflict_do_nothing())
    theirs = select(ReferenceGuesses).where(ReferenceGuesses.identity_id == identity_id)
    row = (await session.scalars(theirs.with_for_update().execution_options(populate_existing=True))).one()
    before = Counted(row.window_started_at, tuple(row.asked_for), row.pauses, row.paused_until)
    after = after_asking(before, reference, at)
    row.window_started_at, row.asked_for = after.window_started_at, list(after.asked_for)
    row.pauses, row.paused_until = after.pauses, after.paused_until
    if after.paused_until is None or after.paused_until <= at:
        return None
    if after.paused_until != before.paused_until:
        log.warning(
            "reference_guessing", identity=str(identity_id), pauses=after.pauses, until=after.paused_until.isoformat()
        )
    return math.ceil((after.paused_until - at).total_seconds() / 60)

"""What every change of a case does: hold its row, and move it on as the lifecycle allows."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import configuration
from contact_center.cases.deadline_clock import follow
from contact_center.cases.lifecycle import CLOCK, Clock, Status, check
from contact_center.cases.models import Case
from contact_center.cases.routing_queue import end
from contact_center.clock import now


async def lock(session: AsyncSession, case: Case) -> None:
    """Hold the case's row until the transaction ends, and see it as it is now; and what its time is reckoned by."""
    await configuration(session, held=True)
    await session.refresh(case, with_for_update=True)


async def move(session: AsyncSession, case: Case, status: str) -> None:
    """Move a case that is held to `status`, and its clock with it. Raises `Conflict` where it may not go there."""
    before = Status(case.status)
    after = check(before, status)
    await follow(session, case, CLOCK[before], CLOCK[after])
    case.status = after.value
    if CLOCK[after] == Clock.ENDED:
        await end(session, case)
    if after == Status.REOPENED:
        case.answered_at = case.closed_at = case.outcome = None
        case.times_reopened += 1
    elif after in (Status.CLOSED, Status.WITHDRAWN, Status.DUPLICATE):
        case.closed_at = now()

"""What every change of a case does: hold its row, and move it on as the lifecycle allows."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lifecycle import Status, check
from contact_center.cases.models import Case
from contact_center.clock import now


async def lock(session: AsyncSession, case: Case) -> None:
    """Hold the case's row until the transaction ends, and see it as it is now."""
    await session.refresh(case, with_for_update=True)


def move(case: Case, status: str) -> None:
    """Move a case that is held to `status`. Raises `Conflict` where it may not go there."""
    case.status = check(case.status, status).value
    if case.status == Status.REOPENED:
        case.answered_at = case.closed_at = None
    elif case.status in (Status.CLOSED, Status.WITHDRAWN, Status.DUPLICATE):
        case.closed_at = now()

"""Giving a case to one person of its agency. Nothing here commits."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.queries import colleagues
from contact_center.cases import timeline
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock, move
from contact_center.errors import Conflict, InvalidInput

ASSIGNED = "assigned"
"""The kind of its event, for staff; `data["assignee"]`: usernames, before (None: nobody) and after."""
_TAKEN_UP = frozenset({Status.RECEIVED, Status.TRANSFERRED, Status.REOPENED})
"""Statuses in which nobody works on a case yet."""


class NotAColleague(InvalidInput):
    """The account is not of the case's agency, or is disabled."""

    code = "not_a_colleague"


async def assign(
    session: AsyncSession, case: Case, username: str, *, actor: str, idempotency_key: str | None = None
) -> CaseEvent:
    """Give an open case to a person of its agency; one that nobody works on yet becomes `assigned`.

    Returns the `assigned` event, which the citizen does not see. The same `idempotency_key` again returns the first
    event and changes nothing. Raises `NotAColleague`, and `Conflict` for a case that has ended or is theirs already.
    """
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    if case.status not in OPEN:
        raise Conflict(f"A case that is {case.status} is not assigned.", status=case.status)
    wanted = username.strip().lower()
    if wanted not in {account.username for account in await colleagues(session, case.agency)}:
        raise NotAColleague("A case is assigned to somebody of its own agency.", agency=case.agency)
    if case.assignee == wanted:
        raise Conflict(f"The case is {wanted}'s already.", assignee=wanted)
    before, status, case.assignee = case.assignee, case.status, wanted
    if case.status in _TAKEN_UP:
        await move(session, case, Status.ASSIGNED)
    return await timeline.record(
        session,
        case,
        ASSIGNED,
        actor,
        public=False,
        idempotency_key=idempotency_key,
        assignee=[before, wanted],
        before=status,
        after=case.status,
    )

"""An interim reply: the agency cannot answer in time, says why, and promises another date. Nothing here commits."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.attachments.proof import Proof, kept
from contact_center.cases import timeline
from contact_center.cases.deadline_clock import set_deadline
from contact_center.cases.lifecycle import CLOCK, Clock, Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.steps import lock
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput

INTERIM = "interim"
"""The kind of its event; `data["due_at"]`: the new deadline, `data["before"]`: the one before."""


class PromisedBefore(Conflict):
    """Another date was promised already."""

    code = "promised_before"


class NoDateForIt(InvalidInput):
    """The date is no working day after the deadline as it stands."""

    code = "no_date_for_it"


async def promise(
    session: AsyncSession,
    case: Case,
    reason: str,
    day: date,
    *,
    actor: str,
    files: Proof | None = None,
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Tell the citizen why an answer takes longer, and that it comes by the end of `day` (in Bahrain), a working day.

    Once for a case, and once more where it is reopened. Returns the public `interim` event; the same `idempotency_key`
    again returns the first one and changes nothing. Raises `InvalidInput` without a reason, `NoDateForIt`,
    `PromisedBefore`, and `Conflict` for a case whose clock does not run and for a compliment, which has none.
    """
    if not reason.strip():
        raise InvalidInput("Another date is promised for a reason.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    if case.due_at is None:
        raise Conflict("A compliment has no date to move.")
    if CLOCK[Status(case.status)] != Clock.RUNS:
        raise Conflict(f"No other date is promised for a case that is {case.status}.", status=case.status)
    if case.promised_at is not None:
        raise PromisedBefore("Another date was promised for this case before; that is done once.")
    before, due = case.due_at, _end_of(day, case.due_at, await queries.working_calendar(session))
    await set_deadline(session, case, due)
    case.promised_at = now()
    data = {"due_at": due.isoformat(), "before": before.isoformat()} | await kept(session, case.id, files)
    words, key = reason.strip(), idempotency_key
    return await timeline.record(session, case, INTERIM, actor, public=True, text=words, idempotency_key=key, **data)


def _end_of(day: date, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    stretches = calendar.stretches(day)
    if not stretches or stretches[-1][1] <= max(due_at, now()):
        raise NoDateForIt("The new date is a working day after the deadline as it stands.")
    return stretches[-1][1]

"""The clock of a case's deadline: it stops while the citizen owes an answer, and goes on with the time that was left.

What is measured is working time (`agencies.working_time`), so that nothing is gained or lost by a stop. A clock that is
stopped when the time is over stays over, and grows later only while it runs. A case that is reopened has its agency's
time anew. A compliment has no deadline, and its clock never moves. Nothing here commits.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.deadlines import due_at
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.working_time import after, between
from contact_center.cases.deadline_marks import next_at
from contact_center.cases.lifecycle import Clock
from contact_center.cases.models import Case
from contact_center.clock import now


async def follow(session: AsyncSession, case: Case, before: Clock, after_: Clock) -> None:
    """Let the clock do what a change of status, from one with clock `before` to one with `after_`, means for it."""
    if before == after_ or case.due_at is None:
        return
    if after_ == Clock.RUNS:
        await _run(session, case, anew=before == Clock.ENDED)
        return
    case.clock_stopped_at = now() if after_ == Clock.STOPPED else None
    case.next_mark_at = None


async def set_deadline(session: AsyncSession, case: Case, moment: datetime) -> None:
    """Give a case whose clock runs another deadline: an aware moment in working hours."""
    agencies, calendar = (await queries.catalogue(session)).agencies, await queries.working_calendar(session)
    _begin(case, moment)
    case.next_mark_at = _next_mark(case, agencies[case.agency], calendar)


def _begin(case: Case, due: datetime) -> None:
    case.due_at, case.late_since, case.marks = due, None, []
    case.deadline_number += 1


async def _run(session: AsyncSession, case: Case, *, anew: bool) -> None:
    catalogue, calendar, at = await queries.catalogue(session), await queries.working_calendar(session), now()
    if anew:
        term = case.term = catalogue.term(case.category, case.agency)
        _begin(case, due_at(at, term, calendar))
        case.promised_at = case.transferred_at = None
    elif case.clock_stopped_at is not None:
        _go_on(case, case.clock_stopped_at, at, calendar)
    case.next_mark_at = _next_mark(case, catalogue.agencies[case.agency], calendar)


def _go_on(case: Case, stopped_at: datetime, at: datetime, calendar: WorkingCalendar) -> None:
    """Move on what the clock shows by the time for which it was stopped."""
    term, due, late_since = case.timing
    left = between(calendar, term.unit, stopped_at, due)
    if left > 0:
        case.due_at = after(calendar, term.unit, at, left)
    else:
        case.late_since = after(calendar, term.unit, at, between(calendar, term.unit, stopped_at, late_since))
    case.clock_stopped_at = None


def _next_mark(case: Case, agency: AgencyEntry, calendar: WorkingCalendar) -> datetime | None:
    return next_at(case.marks, case.timing, agency, calendar)

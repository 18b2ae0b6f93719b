"""Days that are declared working or not, and other hours and escalations, once cases are under way.

What is left of a case's time stays the same. A deadline that is over stays as it is, and so does one that was stopped
when it was over.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries, service
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_time import after, between
from contact_center.cases.deadline_marks import next_at
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.clock import BAHRAIN, now

_DAY = timedelta(days=1)


async def declare_day(session: AsyncSession, day: date, *, working: bool, note: str = "") -> int:
    """Declare `day` (a date in Bahrain) working or not, and move the deadlines that it lies before; how many."""
    before = await queries.working_calendar(session)
    await service.declare_day(session, day, working=working, note=note)
    return await day_changed(session, day, before)


async def forget_day(session: AsyncSession, day: date) -> int:
    """Leave `day` to the weekend and the public holidays again, likewise."""
    before = await queries.working_calendar(session)
    await service.forget_day(session, day)
    return await day_changed(session, day, before)


async def day_changed(session: AsyncSession, day: date, before: WorkingCalendar) -> int:
    """Move the deadlines that `day` lies before, now that it is another one than in the calendar `before`."""
    at, calendar = now(), await queries.working_calendar(session)
    if calendar.is_working(day) == before.is_working(day):
        return 0
    begins = _midnight(day)
    since = func.coalesce(Case.clock_stopped_at, at)
    cases = await _open(session, since < begins + _DAY, Case.due_at >= begins, Case.due_at > since)
    await _look_again_at_late_ones(session, at, begins)
    return await _keep_what_is_left(session, cases, before, at)


async def hours_changed(session: AsyncSession, before: WorkingCalendar) -> int:
    """Move the deadlines of tomorrow and later, now that offices have other hours than in the calendar `before`.

    For deadlines they count from tomorrow, so that one at the end of a day stays at the end of a day.
    """
    tomorrow = _midnight(now().astimezone(BAHRAIN).date() + _DAY)
    cases = await _open(session, Case.due_at > func.coalesce(Case.clock_stopped_at, tomorrow))
    await _look_again_at_late_ones(session, tomorrow, tomorrow)
    return await _keep_what_is_left(session, cases, before, tomorrow)


async def escalations_changed(session: AsyncSession, agencies: Collection[str]) -> int:
    """Have the next mark of these agencies' cases pass when their `escalate_at` now says."""
    known = await queries.configuration(session)
    cases = await _open(
        session, Case.agency.in_(sorted(agencies)), Case.clock_stopped_at.is_(None), Case.due_at.is_not(None)
    )
    for case in cases:
        case.next_mark_at = _next_mark(case, known)
    return len(cases)


async def _keep_what_is_left(
    session: AsyncSession, cases: Sequence[Case], before: WorkingCalendar, running_since: datetime
) -> int:
    known = await queries.configuration(session)
    for case in cases:
        since = case.clock_stopped_at or running_since
        term, due, _ = case.timing
        case.due_at = after(known.calendar, term.unit, since, between(before, term.unit, since, due))
        if case.clock_stopped_at is None:
            case.next_mark_at = _next_mark(case, known)
    return len(cases)


async def _look_again_at_late_ones(session: AsyncSession, late_at: datetime, begins: datetime) -> None:
    """Cases that are over stay over, but who they go to next may hear of it sooner than by the calendar before."""
    known = await queries.configuration(session)
    for case in await _open(session, Case.due_at <= late_at, Case.next_mark_at >= begins):
        case.next_mark_at = _next_mark(case, known)


def _next_mark(case: Case, known: queries.Configuration) -> datetime | None:
    return next_at(case.marks, case.timing, known.catalogue.agencies[case.agency], known.calendar)


async def _open(session: AsyncSession, *which: ColumnElement[bool]) -> Sequence[Case]:
    """Open cases, held."""
    open_ = Case.status.in_(sorted(OPEN))
    return (await session.scalars(select(Case).where(open_, *which).order_by(Case.id).with_for_update())).all()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BAHRAIN).astimezone(UTC)

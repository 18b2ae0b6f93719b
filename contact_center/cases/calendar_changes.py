"""Declaring a day working or not, once cases are under way: what is left of their time stays the same."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries, service
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_time import after, between
from contact_center.cases.deadline_marks import next_at
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.clock import BAHRAIN, now


async def declare_day(session: AsyncSession, day: date, *, working: bool, note: str = "") -> int:
    """Declare `day` (a date in Bahrain) working or not, and move the deadlines that it lies before; how many.

    A deadline that is over stays as it is, and so does one that was stopped when it was over.
    """
    before = await queries.working_calendar(session)
    await service.declare_day(session, day, working=working, note=note)
    return await _move(session, day, before)


async def forget_day(session: AsyncSession, day: date) -> int:
    """Leave `day` to the weekend and the public holidays again, likewise."""
    before = await queries.working_calendar(session)
    await service.forget_day(session, day)
    return await _move(session, day, before)


async def _move(session: AsyncSession, day: date, before: WorkingCalendar) -> int:
    at, calendar = now(), await queries.working_calendar(session)
    if calendar.is_working(day) == before.is_working(day):
        return 0
    agencies = (await queries.catalogue(session)).agencies
    cases = await _waiting_over(session, day, at)
    for case in cases:
        since = case.clock_stopped_at or at
        term, due = case.timing
        case.due_at = after(calendar, term.unit, since, between(before, term.unit, since, due))
        if case.clock_stopped_at is None:
            case.next_mark_at = next_at(case.marks, case.due_at, term, agencies[case.agency], calendar)
    return len(cases)


async def _waiting_over(session: AsyncSession, day: date, at: datetime) -> Sequence[Case]:
    """Open cases whose remaining time begins before the end of `day` and ends after its beginning; held."""
    begins = datetime.combine(day, time(), BAHRAIN).astimezone(UTC)
    since = func.coalesce(Case.clock_stopped_at, at)
    over_it = (since < begins + timedelta(days=1), Case.due_at >= begins, Case.due_at > since)
    open_ = Case.status.in_(sorted(OPEN))
    return (await session.scalars(select(Case).where(open_, *over_it).order_by(Case.id).with_for_update())).all()

"""Noting that deadlines come near and pass, and to whom cases go that are not answered: each once.

Every transaction takes some cases whose time has come, notes all that has passed for each, and says when to look again.
Whoever dies in the middle has noted nothing of what was not committed; whoever works beside takes other cases.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import AgencyEntry
from contact_center.cases.deadline_marks import APPROACHING, BREACHED, marks_of, next_at, passes_at
from contact_center.cases.models import Case, CaseEvent
from contact_center.database import Database

ESCALATED = "escalated"
"""The kind of the event that says who a case went to: `data["level"]`."""
_AT_ONCE = 200


async def tick(database: Database, at: datetime) -> int:
    """Note all that has passed by `at` (aware) and was not noted; how many things that were."""
    noted = 0
    while True:
        async with database.transaction() as session:
            found = await _some(session, at)
            noted += await _note(session, found, at)
        if len(found) < _AT_ONCE:
            return noted


async def _some(session: AsyncSession, at: datetime) -> Sequence[Case]:
    """Cases whose next mark has passed, held; those that somebody else holds are left to the next time."""
    waiting = select(Case).where(Case.next_mark_at <= at).order_by(Case.next_mark_at, Case.id)
    return (await session.scalars(waiting.limit(_AT_ONCE).with_for_update(skip_locked=True))).all()


async def _note(session: AsyncSession, cases: Sequence[Case], at: datetime) -> int:
    if not cases:
        return 0
    agencies, calendar = (await queries.catalogue(session)).agencies, await queries.working_calendar(session)
    events = [event for case in cases for event in _passed(case, agencies[case.agency], calendar, at)]
    if events:
        await session.execute(insert(CaseEvent), events)
    return len(events)


def _passed(case: Case, agency: AgencyEntry, calendar: WorkingCalendar, at: datetime) -> Sequence[Mapping[str, Any]]:
    """The events of the marks of a case that have passed; the case is moved on to its next mark."""
    timing = case.timing
    moments = {
        mark: passes_at(percent, timing, calendar)
        for mark, percent in marks_of(agency).items()
        if mark not in case.marks
    }
    passed = [mark for mark, moment in moments.items() if moment <= at]
    case.marks = [*case.marks, *passed]
    case.next_mark_at = next_at(case.marks, timing, agency, calendar)
    return [_event(case, mark, moments[mark], at) for mark in passed]


def _event(case: Case, mark: str, moment: datetime, at: datetime) -> Mapping[str, Any]:
    """An event that the citizen does not see; its key makes it the only one of its kind for this deadline."""
    level = None if mark in (APPROACHING, BREACHED) else mark
    return {
        "case_id": case.id,
        "at": at,
        "kind": ESCALATED if level else mark,
        "actor": "system",
        "public": False,
        "data": {
            "passed_at": moment.isoformat(),
            "due_at": case.timing.due_at.isoformat(),
            **({"level": level} if level else {}),
        },
        "idempotency_key": f"{mark}:{case.deadline_number}",
    }

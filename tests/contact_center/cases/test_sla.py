"""Deadlines that come near and pass are noted, each once, however the clock jumps and whoever else is at work."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.deadlines import due_at
from contact_center.agencies.models import Agency
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit
from contact_center.cases import service
from contact_center.cases.deadline_marks import Timing, marks_of, next_at, passes_at
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.sla import tick
from contact_center.clock import BAHRAIN
from contact_center.database import Database

Form = Callable[..., NewCase]
ALL_FIVE = [
    ("approaching", None),
    ("escalated", "officer"),
    ("breached", None),
    ("escalated", "supervisor"),
    ("escalated", "head"),
]
LONG_AFTER = timedelta(days=60)


async def filed(database: Database, form: NewCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, form)


async def noted(database: Database, case: Case) -> list[tuple[str, str | None]]:
    async with database.transaction() as session:
        events = await session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id))
        return [(event.kind, event.data.get("level")) for event in events if event.actor == "system"]


def moments(case: Case) -> list[datetime]:
    """When each mark passes, by the reckoning that is tested elsewhere."""
    agency = catalogue().agencies[case.agency]
    return [passes_at(percent, case.timing, WorkingCalendar()) for percent in marks_of(agency).values()]


async def test_each_is_noted_at_its_time(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case())
    assert await tick(database, case.due_at - timedelta(days=9)) == 0
    for number, moment in enumerate(moments(case), start=1):
        await tick(database, moment - timedelta(seconds=1))
        await tick(database, moment)
        assert (await noted(database, case))[:number] == ALL_FIVE[:number]
    assert await tick(database, case.due_at + LONG_AFTER) == 0
    assert await noted(database, case) == ALL_FIVE


async def test_a_jump_of_the_clock_notes_all_at_once_and_a_jump_back_nothing(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case())
    assert await tick(database, case.due_at + LONG_AFTER) == len(ALL_FIVE)
    assert await tick(database, case.created_at) == 0
    assert await tick(database, case.due_at + 2 * LONG_AFTER) == 0
    assert await noted(database, case) == ALL_FIVE


async def test_what_waits_for_the_citizen_or_has_ended_is_left_alone(database: Database, a_case: Form) -> None:
    for status in ("waiting", "withdrawn"):
        case = await filed(database, a_case())
        async with database.transaction() as session:
            await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
    assert await tick(database, case.due_at + LONG_AFTER) == 0


async def test_after_it_was_reopened_everything_may_pass_again(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case())
    await tick(database, case.due_at + LONG_AFTER)
    for status in ("closed", "reopened"):
        async with database.transaction() as session:
            await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
    await tick(database, case.due_at + LONG_AFTER)
    assert await noted(database, case) == ALL_FIVE * 2


async def test_an_agency_has_escalations_of_its_own(database: Database, a_case: Form) -> None:
    async with database.transaction() as session:
        await session.execute(update(Agency).values(escalate_at=[10, 20, 90]))
    case = await filed(database, a_case())
    await tick(database, case.due_at)
    levels = [level for _, level in await noted(database, case)]
    assert levels == ["officer", "supervisor", None, "head", None]


async def test_two_at_once_share_the_work(database: Database, a_case: Form) -> None:
    cases = [await filed(database, a_case()) for _ in range(30)]
    late = max(case.due_at for case in cases) + LONG_AFTER
    assert sum(await asyncio.gather(*(tick(database, late) for _ in range(4)))) == 30 * len(ALL_FIVE)
    for case in cases:
        assert await noted(database, case) == ALL_FIVE


async def test_the_citizen_sees_nothing_of_it(database: Database, a_case: Form) -> None:
    case = await filed(database, a_case())
    await tick(database, case.due_at + LONG_AFTER)
    async with database.transaction() as session:
        seen = await session.scalars(select(CaseEvent.kind).where(CaseEvent.public))
    assert list(seen) == ["filed"]


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda naive: naive.replace(tzinfo=BAHRAIN)),  # noqa: DTZ001
    term=st.builds(Term, st.integers(1, 20), st.sampled_from(Unit)),
)
def test_marks_pass_one_after_the_other_in_working_hours(moment: datetime, term: Term) -> None:
    calendar, agency = WorkingCalendar(), catalogue().agencies["ewa"]
    due = due_at(moment, term, calendar)
    timing = Timing(term, due, due)
    passing = [passes_at(percent, timing, calendar) for percent in marks_of(agency).values()]
    assert all(earlier <= later for earlier, later in pairwise(passing))
    assert passing[0] < due < passing[-1]
    assert all(calendar.is_working(calendar.day_of(passed)) for passed in passing)
    assert next_at(list(marks_of(agency)), timing, agency, calendar) is None

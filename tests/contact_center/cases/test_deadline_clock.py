"""The clock of a real case: it stops while the citizen owes an answer, goes on with what was left, and begins anew."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit, between
from contact_center.cases import aftercare, calendar_changes, deadline_clock, service, sla
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.clock import BAHRAIN
from contact_center.database import Database

CALENDAR = WorkingCalendar()
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=BAHRAIN)
At = Callable[[datetime], None]


def bahrain(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BAHRAIN)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """Sets the clock, which then stands still."""

    def set_clock(moment: datetime) -> None:
        for module in (deadline_clock, service, aftercare, calendar_changes):
            monkeypatch.setattr(module, "now", lambda: moment)

    set_clock(SUNDAY)
    return set_clock


async def filed(database: Database, form: NewCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, form)


async def moved(database: Database, status: str) -> Case:
    async with database.transaction() as session:
        case = (await session.execute(select(Case))).scalar_one()
        await service.set_status(session, case, status, actor="key:x")
        return case


async def test_three_days_with_a_stop_of_two(database: Database, at: At, a_case: Any) -> None:
    case = await filed(database, a_case())
    assert case.due_at == bahrain(25, 14, 15)
    at(bahrain(23, 10, 30))
    stopped = await moved(database, "waiting")
    assert (stopped.due_at, stopped.clock_stopped_at, stopped.next_mark_at) == (case.due_at, bahrain(23, 10, 30), None)
    at(bahrain(25, 10, 30))
    running = await moved(database, "in_progress")
    assert (running.due_at, running.clock_stopped_at) == (bahrain(29, 14, 15), None)
    assert running.next_mark_at == bahrain(29, 9, 54)  # 80 % of three days: 0.6 of a day before it


async def test_the_citizens_answer_sets_it_going(database: Database, at: At, a_case: Any) -> None:
    await filed(database, a_case())
    await moved(database, "waiting")
    at(bahrain(24, 9))
    async with database.transaction() as session:
        case = (await session.execute(select(Case))).scalar_one()
        await aftercare.add_information(session, case, "رقم البيت 20")
    assert (case.status, case.due_at) == ("in_progress", bahrain(29, 14, 15))


async def test_what_was_over_before_the_stop_stays_over(database: Database, at: At, a_case: Any) -> None:
    case = await filed(database, a_case())
    at(bahrain(26, 9))
    await moved(database, "waiting")
    at(bahrain(30, 9))
    assert (await moved(database, "in_progress")).due_at == case.due_at


async def test_a_late_case_that_waits_grows_no_later(database: Database, at: At, a_case: Any) -> None:
    """Late since the end of Wednesday; of Thursday an hour and a half has passed when the citizen is asked."""
    await filed(database, a_case())
    at(bahrain(26, 8, 30))
    await sla.tick(database, bahrain(26, 8, 30))
    await moved(database, "waiting")
    at(bahrain(6, 9, month=12))
    running = await moved(database, "in_progress")
    assert (running.due_at, running.late_since) == (bahrain(25, 14, 15), bahrain(6, 7, 30, month=12))
    assert running.next_mark_at == bahrain(7, 11, 7, month=12) + timedelta(seconds=30)  # half of three days later
    assert await sla.tick(database, bahrain(7, 11, 7, month=12)) == 0
    assert await sla.tick(database, bahrain(7, 11, 8, month=12)) == 1


async def test_an_answer_ends_it_also_while_it_is_stopped(database: Database, at: At, a_case: Any) -> None:
    await filed(database, a_case())
    await moved(database, "waiting")
    case = await moved(database, "answered")
    assert (case.clock_stopped_at, case.next_mark_at) == (None, None)


@pytest.mark.parametrize("by_staff", [True, False])
async def test_reopened_it_begins_anew(database: Database, at: At, a_case: Any, by_staff: bool) -> None:
    await filed(database, a_case())
    async with database.transaction() as session:
        case = (await session.execute(select(Case))).scalar_one()
        await service.reply(session, case, "تم", close=False, actor="key:x")
    at(bahrain(29, 9))
    async with database.transaction() as session:
        case = (await session.execute(select(Case))).scalar_one()
        if by_staff:
            await service.set_status(session, case, "reopened", actor="key:x")
        else:
            await aftercare.reopen(session, case, "رجعت المشكلة")
    assert (case.due_at, case.deadline_number, case.marks) == (bahrain(2, 14, 15, month=12), 2, [])
    assert case.next_mark_at is not None


@pytest.mark.parametrize("stopped", [True, False])
async def test_a_day_declared_off_takes_no_time(database: Database, at: At, a_case: Any, stopped: bool) -> None:
    await filed(database, a_case())
    if stopped:
        await moved(database, "waiting")
    async with database.transaction() as session:
        assert await calendar_changes.declare_day(session, bahrain(24, 0).date(), working=False) == 1
        case = (await session.execute(select(Case))).scalar_one()
    assert case.due_at == bahrain(26, 14, 15)
    if stopped:
        at(bahrain(23, 9))
        case = await moved(database, "in_progress")
        assert case.due_at == bahrain(29, 14, 15)
    assert case.next_mark_at is not None
    assert case.next_mark_at < case.due_at


async def test_who_a_late_case_goes_to_next_hears_of_it_on_a_day_declared_working(
    database: Database, at: At, a_case: Any
) -> None:
    await filed(database, a_case())
    at(bahrain(26, 8))
    await sla.tick(database, bahrain(26, 8))
    async with database.transaction() as session:
        before = (await session.execute(select(Case.next_mark_at))).scalar_one()
        assert await calendar_changes.declare_day(session, bahrain(28, 0).date(), working=True) == 0
        case = (await session.execute(select(Case))).scalar_one()
    assert before == bahrain(29, 10, 37) + timedelta(seconds=30)
    assert (case.due_at, case.next_mark_at) == (bahrain(25, 14, 15), bahrain(28, 10, 37) + timedelta(seconds=30))


async def test_a_day_that_is_forgotten_or_far_away_changes_nothing(database: Database, at: At, a_case: Any) -> None:
    case = await filed(database, a_case())
    async with database.transaction() as session:
        assert await calendar_changes.declare_day(session, bahrain(26, 0).date(), working=False) == 0
        assert await calendar_changes.declare_day(session, bahrain(24, 0).date(), working=False) == 1
        assert await calendar_changes.forget_day(session, bahrain(24, 0).date()) == 1
    assert (await moved(database, "in_progress")).due_at == case.due_at


@pytest.mark.parametrize("reopened", [False, True])
async def test_a_day_declared_while_a_case_is_being_filed(
    database: Database, at: At, a_case: Any, reopened: bool
) -> None:
    """Whoever declares it waits for what was reckoned without it, and moves that too."""
    if reopened:
        await filed(database, a_case())
        await moved(database, "answered")

    async def declare() -> int:
        async with database.transaction() as session:
            return await calendar_changes.declare_day(session, bahrain(24, 0).date(), working=False)

    async with database.transaction() as session:
        if reopened:
            case = (await session.execute(select(Case))).scalar_one()
            await service.set_status(session, case, "reopened", actor="key:x")
        else:
            case = await service.file(session, a_case())
        assert case.due_at == bahrain(25, 14, 15)
        declared = asyncio.create_task(declare())
        await asyncio.sleep(0.5)
    assert await declared == 1
    async with database.transaction() as session:
        assert await session.scalar(select(Case.due_at)) == bahrain(26, 14, 15)


MINUTES = st.integers(0, 20 * 1440).map(lambda minutes: timedelta(minutes=minutes))


@given(
    filed_after=MINUTES,
    stops=st.lists(st.tuples(MINUTES, MINUTES), max_size=4),
    term=st.builds(Term, st.integers(1, 14), st.sampled_from(Unit)),
)
def test_no_number_of_stops_gains_or_loses_time(
    filed_after: timedelta, stops: list[tuple[timedelta, timedelta]], term: Term
) -> None:
    """However often it stops, the working time in which it runs adds up to what there was at first."""
    moment = datetime(2026, 2, 1, tzinfo=BAHRAIN) + filed_after  # Ramadan and two feasts lie ahead
    due = deadline_clock.due_at(moment, term, CALENDAR)
    whole, ran = between(CALENDAR, term.unit, moment, due), Fraction(0)
    for running, standing in stops:
        if moment + running >= due:
            break
        ran += between(CALENDAR, term.unit, moment, moment + running)
        stopped_at, moment = moment + running, moment + running + standing
        case = Case(term=term, due_at=due)
        deadline_clock._go_on(case, stopped_at, moment, CALENDAR)
        due = case.timing.due_at
        assert CALENDAR.is_working(CALENDAR.day_of(due))
    assert abs(ran + between(CALENDAR, term.unit, moment, due) - whole) < Fraction(1, 100_000)

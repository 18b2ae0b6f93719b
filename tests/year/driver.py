"""The year carried out by the service itself on a real database: processes in lockstep, their clocks set together.

A step is some minutes of the year. In each, every process does the acts of its own cases in their order; then all look
after deadlines at once, so that they compete for the same cases; then comes what befalls everybody.
"""

import gc
import multiprocessing
import pickle
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

import uvloop
from sqlalchemy import text

from contact_center.cases import calendar_changes, sla
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from contact_center.notifications import followers
from tests.moved_clock import StoppedClock, clock_stopped
from tests.year import acts
from tests.year.acts import Found
from tests.year.citizens import Citizens, turn
from tests.year.model.facts import BAHRAIN
from tests.year.script import Act, Declaration, Plan, Turn, Year

PATIENCE_SECONDS = 3600
_REPEATED = 97
"""Every so manyth act is done twice, as by a client that has heard no answer."""


@dataclass
class Log:
    """What a process has found: by case and number of the act, and how many marks its ticks noted."""

    cases: dict[int, UUID] = field(default_factory=dict)
    found: dict[tuple[int, int], Found] = field(default_factory=dict)
    noted: int = 0


def carry_out(year: Year, url: str, directory: Path, processes: int) -> list[Log]:
    """Do all of it; what each process has found. Raises `RuntimeError` where one of them has failed."""
    gc.freeze()  # the year's many acts outlive all else: nothing to look through again and again
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(processes)
    started = [
        context.Process(target=_run, args=(year, url, directory, number, processes, barrier))
        for number in range(processes)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join()
    if any(process.exitcode for process in started):
        raise RuntimeError("a process of the year has failed")
    return [pickle.loads(_file(directory, number).read_bytes()) for number in range(processes)]  # noqa: S301


def _file(directory: Path, number: int) -> Path:
    return directory / f"found-{number}.pickle"


def _run(year: Year, url: str, directory: Path, number: int, processes: int, barrier: Barrier) -> None:
    try:
        log = uvloop.run(_Process(year, url, number, processes, barrier).live())
    except BaseException:
        barrier.abort()
        raise
    _file(directory, number).write_bytes(pickle.dumps(log))


class _Process:
    def __init__(self, year: Year, url: str, number: int, processes: int, barrier: Barrier) -> None:
        self._year, self._number, self._barrier = year, number, barrier
        self._database = Database(url, pool_size=2)
        self._work = _in_order([plan for plan in year.plans if plan.person.phone % processes == number])
        self._next = next(self._work, None)
        self._citizens, self._log = Citizens(), Log()
        self._followed = False
        self._befalls: dict[datetime, list[Declaration | Turn]] = defaultdict(list)
        for each in (*year.declarations, *year.turns):
            self._befalls[each.at].append(each)

    async def live(self) -> Log:
        step = timedelta(minutes=self._year.step_minutes)
        with clock_stopped(self._year.begins) as clock:
            at = self._year.begins
            while at < self._year.ends:
                await self._step(clock, at + step)
                at += step
        await self._database.close()
        return self._log

    async def _step(self, clock: StoppedClock, ends: datetime) -> None:
        while self._next and self._next[0] < ends:
            clock.at, plan, number = self._next
            await self._do(plan, number)
            self._next = next(self._work, None)
        if self._followed:
            await self._tell_followers()
        self._barrier.wait(PATIENCE_SECONDS)
        clock.at = ends
        self._log.noted += await sla.tick(self._database, now())
        self._barrier.wait(PATIENCE_SECONDS)
        if ends in self._befalls:
            await self._befall(ends)
            self._barrier.wait(PATIENCE_SECONDS)
        if not self._number and ends.astimezone(BAHRAIN).hour == ends.astimezone(BAHRAIN).minute == 0:
            await self._end_the_day(ends)

    async def _do(self, plan: Plan, number: int) -> None:
        if number < 0:
            async with self._database.transaction() as session:
                case = await acts.file(session, plan, self._citizens)
            self._log.cases[plan.number] = case.id
            self._log.found[plan.number, number] = _found(case, None, None)
            return
        act, times = plan.acts[number], 2 if (plan.number + number) % _REPEATED == 0 else 1
        for _ in range(times):
            self._log.found[plan.number, number] = await self._act(plan, act, f"year:{plan.number}:{number}")
        self._followed = self._followed or any(each.do == "join" for each in plan.acts)

    async def _act(self, plan: Plan, act: Act, key: str) -> Found:
        case_id = self._log.cases[plan.number]
        try:
            async with self._database.transaction() as session:
                case = await session.get_one(Case, case_id)
                event = await acts.do(session, case, plan, act, key, self._citizens)
            return _found(case, None, event.id if event else None)
        except (Conflict, InvalidInput, acts.HasEnded) as error:
            async with self._database.transaction() as session:
                return _found(await session.get_one(Case, case_id), error.code, None)

    async def _tell_followers(self) -> None:
        """As the worker does with these jobs."""
        taken = (
            "DELETE FROM procrastinate_jobs WHERE task_name = 'tell_followers' RETURNING (args->>'event_id')::bigint"
        )
        async with self._database.transaction() as session:
            events = (await session.scalars(text(taken))).all()
        for event_id in sorted(events):
            await followers.tell(self._database, event_id)
        self._followed = False

    async def _end_the_day(self, at: datetime) -> None:
        """What was to be sent counts as sent: those jobs go, as after a worker. A word each month."""
        async with self._database.transaction() as session:
            await session.execute(text("DELETE FROM procrastinate_jobs WHERE task_name <> 'tell_followers'"))
        if at.astimezone(BAHRAIN).day == 1:
            print(f"until {at:%d %B}: {len(self._log.found)} acts of the first process", flush=True)  # noqa: T201

    # --- what befalls everybody

    async def _befall(self, at: datetime) -> None:
        """The first process does it, between the steps."""
        if self._number:
            return
        for each in self._befalls[at]:
            async with self._database.transaction() as session:
                if isinstance(each, Declaration):
                    await calendar_changes.declare_day(session, each.day, working=each.working)
                else:
                    await turn(session, each.person, each.do)


def _found(case: Case, refused: str | None, event_id: int | None) -> Found:
    stopped = case.clock_stopped_at is not None
    return Found(refused, case.status, case.agency, case.category, case.due_at, stopped, case.deadline_number, event_id)


def _in_order(plans: list[Plan]) -> Iterator[tuple[datetime, Plan, int]]:
    """When what is done: the filing of a case (-1) and the numbers of its acts."""
    work = [(plan.filed_at, plan.number, -1, plan) for plan in plans]
    work += [(act.at, plan.number, number, plan) for plan in plans for number, act in enumerate(plan.acts)]
    return ((at, plan, number) for at, _, number, plan in sorted(work, key=lambda each: each[:3]))

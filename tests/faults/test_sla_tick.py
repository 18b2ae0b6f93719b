"""`tawasul sla tick` beside another one, and killed in the middle: nothing is missed, nothing is noted twice."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from contact_center.cases import service
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.database import Database
from tests.e2e.system import TAWASUL
from tests.faults.records import until

CASES = 4000
MARKS = 2 + len(LEVELS)
_COPIES = """
INSERT INTO cases (id, reference, type, category, agency, description, anonymous, channel, language, status, created_at,
                   term, due_at, deadline_number, marks, next_mark_at, search_text)
SELECT gen_random_uuid(), 'copy-' || n, type, category, agency, description, anonymous, channel, language, status,
       created_at, term, due_at, deadline_number, marks, next_mark_at, search_text
FROM cases, generate_series(2, :cases) AS n
"""


@pytest.fixture
async def ticking(database_url: str, database: Database, tmp_path: Path) -> "Ticking":
    """Four thousand cases whose every mark has passed at `now`."""
    form = NewCase(type="complaint", category="road.pothole", description="حفرة", channel="sms")
    async with database.transaction() as session:
        case = await service.file(session, form)
        await session.execute(text(_COPIES), {"cases": CASES})
    now = (case.due_at + timedelta(days=60)).isoformat()
    return Ticking(
        database, now, os.environ | {"TAWASUL_DATABASE_URL": database_url, "TAWASUL_DATA_DIR": str(tmp_path)}
    )


class Ticking:
    """Ticks, as commands, on a database of its own."""

    def __init__(self, database: Database, now: str, environment: dict[str, str]) -> None:
        self._database, self._now, self._environment = database, now, environment

    async def begins(self) -> asyncio.subprocess.Process:
        """A tick that has just begun."""
        command = (TAWASUL, "sla", "tick", "--now", self._now)
        return await asyncio.create_subprocess_exec(*command, env=self._environment, stdout=asyncio.subprocess.PIPE)

    async def noted(self) -> int:
        """How many things were noted so far."""
        async with self._database.transaction() as session:
            by_the_system = select(func.count()).where(CaseEvent.actor == "system")
            return await session.scalar(by_the_system) or 0

    async def check_each_once(self) -> None:
        """Every case has every mark, once."""
        async with self._database.transaction() as session:
            kinds = func.count(func.distinct(CaseEvent.idempotency_key)), func.count()
            each = select(CaseEvent.case_id, *kinds).where(CaseEvent.actor == "system").group_by(CaseEvent.case_id)
            counted = [tuple(row)[1:] for row in await session.execute(each)]
            left = await session.scalar(select(func.count()).where(Case.next_mark_at.is_not(None)))
        assert counted == [(MARKS, MARKS)] * CASES
        assert left == 0


async def test_two_at_once(ticking: Ticking) -> None:
    processes = [await ticking.begins() for _ in range(2)]
    said = [(await process.communicate())[0].decode() for process in processes]
    noted = [int(words.split()[0]) for words in said]
    assert sum(noted) == CASES * MARKS
    assert all(noted), "both had something to do"
    await ticking.check_each_once()


async def test_killed_in_the_middle_beside_another(ticking: Ticking) -> None:
    victim, other = await ticking.begins(), await ticking.begins()
    await until(ticking.noted)
    victim.kill()
    await victim.wait()
    assert await ticking.noted() < CASES * MARKS, "it was killed too late to show anything"
    await other.communicate()
    again = await ticking.begins()
    await again.communicate()
    assert (victim.returncode, other.returncode, again.returncode) == (-9, 0, 0)
    await ticking.check_each_once()

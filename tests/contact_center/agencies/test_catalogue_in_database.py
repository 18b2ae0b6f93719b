import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, text

from contact_center.agencies import queries
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.models import Agency
from contact_center.agencies.service import assign, declare_day, forget_day
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit
from contact_center.clock import BAHRAIN
from contact_center.configuration.shipped import load
from contact_center.database import Database
from contact_center.errors import InvalidInput

MONDAY = datetime(2025, 11, 17, 9, tzinfo=BAHRAIN)


async def test_what_is_loaded_is_what_is_read_back(database: Database) -> None:
    async with database.transaction() as session:
        assert await queries.catalogue(session) == catalogue()


async def test_loading_again_changes_nothing_and_the_catalogue_wins(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE agencies SET term = '99' WHERE code = 'ewa'"))
    for _ in range(2):
        async with database.transaction() as session:
            await load(session, catalogue())
    async with database.transaction() as session:
        assert await queries.catalogue(session) == catalogue()


async def test_two_processes_may_load_at_once(database: Database) -> None:
    async def once() -> None:
        async with database.transaction() as session:
            await load(session, catalogue())

    await asyncio.gather(*(once() for _ in range(4)))
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Agency)) == 48


async def test_a_changed_catalogue_is_taken_over_and_old_codes_stay(database: Database) -> None:
    shipped = catalogue()
    changed = replace(shipped.agencies["ewa"], term=Term(4, Unit.HOURS), escalate_at=(50, 90, 120))
    async with database.transaction() as session:
        await load(session, replace(shipped, agencies={"ewa": changed}))
        stored = await queries.catalogue(session)
    assert stored.agencies["ewa"] == changed
    assert len(stored.agencies) == 48


@pytest.mark.parametrize(
    ("category", "governorate", "agency", "due_day"),
    [
        ("power.outage", None, "ewa", 18),
        ("waste.collection", "muharraq", "mun-muharraq", 20),
        ("waste.collection", None, "iga", 20),  # the place is unknown; the days are the category's
        ("gov.community", None, "iga", 24),  # no days of its own: those of who has it
    ],
)
async def test_assign(database: Database, category: str, governorate: str | None, agency: str, due_day: int) -> None:
    async with database.transaction() as session:
        assignment = await assign(session, category, governorate, MONDAY)
    assert assignment.agency.code == agency
    assert assignment.due_at == datetime(2025, 11, due_day, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(("category", "governorate"), [("no.such", None), ("power.outage", "atlantis")])
async def test_unknown_codes_are_refused(database: Database, category: str, governorate: str | None) -> None:
    async with database.transaction() as session:
        with pytest.raises(InvalidInput):
            await assign(session, category, governorate, MONDAY)


async def test_a_declared_day_is_kept_changed_and_forgotten(database: Database) -> None:
    tuesday = date(2025, 11, 18)

    async def due_day() -> int:
        async with database.transaction() as session:
            return (await assign(session, "power.outage", None, MONDAY)).due_at.day

    async with database.transaction() as session:
        await declare_day(session, tuesday, working=False, note="a royal order")
    assert await due_day() == 19
    async with database.transaction() as session:
        await declare_day(session, tuesday, working=True)
    assert await due_day() == 18
    async with database.transaction() as session:
        await declare_day(session, tuesday, working=False)
        await forget_day(session, tuesday)
        assert await queries.calendar_days(session) == []
    assert await due_day() == 18

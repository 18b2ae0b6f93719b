"""A compliment owes nobody an answer by a date: no deadline, no marks, nothing late, wherever it goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from contact_center.cases import aftercare, calendar_changes, service
from contact_center.cases.as_json import as_json
from contact_center.cases.interim import promise
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.sla import tick
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import now
from contact_center.database import Database
from contact_center.errors import Conflict

Form = Callable[..., NewCase]


@pytest.fixture
async def case(database: Database, a_case: Form) -> Case:
    """Thanks to the municipality."""
    async with database.transaction() as session:
        return await service.file(session, a_case(type="compliment", description="مشكورين على السرعة"))


async def seen(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


def without_a_date(case: Case) -> bool:
    return (case.term, case.due_at, case.next_mark_at, case.clock_stopped_at) == (None, None, None, None)


async def test_it_has_no_deadline_and_nothing_is_ever_noted(database: Database, case: Case) -> None:
    assert without_a_date(case)
    assert await tick(database, now() + timedelta(days=400)) == 0
    async with database.transaction() as session:
        assert (await as_json(session, case))["due_at"] is None
        assert [event.kind for event in await session.scalars(select(CaseEvent))] == ["filed"]


@pytest.mark.parametrize("type_", ["complaint", "suggestion", "inquiry"])
async def test_everything_else_has_one(database: Database, a_case: Form, type_: str) -> None:
    async with database.transaction() as session:
        filed = await service.file(session, a_case(type=type_))
    assert None not in (filed.term, filed.due_at, filed.next_mark_at)


async def test_no_status_gives_it_one(database: Database, case: Case) -> None:
    for status in ("waiting", "in_progress", "closed", "reopened"):
        async with database.transaction() as session:
            await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
        assert without_a_date(await seen(database, case)), status


async def test_reopened_by_who_filed_it_it_has_none_either(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        await service.reply(session, own, "شكراً لكم", close=True, actor="key:x")
        await aftercare.reopen(session, own, "في شي ثاني")
    assert without_a_date(await seen(database, case))


async def test_sent_on_it_has_none_either(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await transfer(session, own, Target(agency="works"), "لهم", actor="key:x")
    after = await seen(database, case)
    assert (after.agency, after.status, event.data["due_at"]) == ("works", "transferred", None)
    assert without_a_date(after)


async def test_no_other_date_is_promised_for_it(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        with pytest.raises(Conflict):
            await promise(session, own, "تأخير", now().date() + timedelta(days=30), actor="key:x")


async def test_a_day_declared_off_leaves_it_alone(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        assert await calendar_changes.declare_day(session, now().date() + timedelta(days=1), working=False) == 0
    assert without_a_date(await seen(database, case))


@pytest.mark.parametrize(
    ("type_", "changed"),
    [
        ("compliment", {"due_at": now()}),
        ("compliment", {"next_mark_at": now()}),
        ("complaint", {"due_at": None}),
        ("complaint", {"term": None}),
        ("complaint", {"outcome": "done"}),
        ("suggestion", {"outcome": "perhaps"}),
        ("suggestion", {"praised": "أحمد علي"}),
    ],
)
async def test_the_database_refuses_what_is_none_of_a_kinds(
    database: Database, a_case: Form, type_: str, changed: dict[str, object]
) -> None:
    async with database.transaction() as session:
        await service.file(session, a_case(type=type_))
    with pytest.raises(IntegrityError, match="ck_cases_"):
        async with database.transaction() as session:
            await session.execute(update(Case).values(changed))

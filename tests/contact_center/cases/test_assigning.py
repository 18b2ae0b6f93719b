"""A case is one person's of its agency: whoever takes it, until it goes elsewhere."""

from collections.abc import Callable

import pytest

from contact_center.accounts import service as accounts
from contact_center.cases import queries, service
from contact_center.cases.assigning import NotAColleague, assign
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.transfer import Target, transfer
from contact_center.database import Database
from contact_center.errors import Conflict

Form = Callable[..., NewCase]
AGENCY = "mun-muharraq"
PEOPLE = {"huda": AGENCY, "isa": AGENCY, "sara": "ewa"}


@pytest.fixture
async def case(database: Database, a_case: Form) -> Case:
    """Rubbish in Muharraq: of its municipality, where Huda and Isa work; Sara is of another agency."""
    async with database.transaction() as session:
        for name, agency in PEOPLE.items():
            await accounts.create_account(session, name, "officer", actor="test", agency=agency)
        return await service.file(session, a_case())


async def give(database: Database, case: Case, to: str, key: str | None = None) -> CaseEvent:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        return await assign(session, own, to, actor="account:huda", idempotency_key=key)


async def seen(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


async def test_it_becomes_theirs_once(database: Database, case: Case) -> None:
    event = await give(database, case, " Huda ", "1")
    assert (await give(database, case, "isa", "1")).id == event.id
    after = await seen(database, case)
    assert (after.assignee, after.status) == ("huda", "assigned")
    assert (event.kind, event.public, event.data["assignee"]) == ("assigned", False, [None, "huda"])
    assert (event.data["before"], event.data["after"]) == ("received", "assigned")


async def test_another_gets_it_and_the_work_goes_on(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), "in_progress", actor="account:huda")
    await give(database, case, "huda")
    event = await give(database, case, "isa")
    after = await seen(database, case)
    assert (after.assignee, after.status) == ("isa", "in_progress")
    assert event.data["assignee"] == ["huda", "isa"]


async def test_not_to_whose_it_is(database: Database, case: Case) -> None:
    await give(database, case, "huda")
    with pytest.raises(Conflict):
        await give(database, case, "huda")


@pytest.mark.parametrize("username", ["sara", "nobody", ""])
async def test_not_to_people_of_elsewhere(database: Database, case: Case, username: str) -> None:
    with pytest.raises(NotAColleague):
        await give(database, case, username)
    assert (await seen(database, case)).assignee is None


async def test_not_to_somebody_who_has_left(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await accounts.disable_account(session, "isa", actor="test")
    with pytest.raises(NotAColleague):
        await give(database, case, "isa")


async def test_not_when_it_has_ended(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), "closed", actor="account:huda")
    with pytest.raises(Conflict):
        await give(database, case, "huda")


async def test_the_agency_that_it_goes_to_finds_nobody_on_it(database: Database, case: Case) -> None:
    await give(database, case, "huda")
    async with database.transaction() as session:
        await transfer(session, await session.get_one(Case, case.id), Target("ewa"), "ليس لنا", actor="account:huda")
    assert (await seen(database, case)).assignee is None
    await give(database, case, "sara")
    after = await seen(database, case)
    assert (after.assignee, after.status) == ("sara", "assigned")


async def test_the_citizen_does_not_see_who(database: Database, case: Case) -> None:
    await give(database, case, "huda")
    async with database.transaction() as session:
        shown = await queries.own(session, await session.get_one(Case, case.id))
    assert shown.happened
    assert shown.happened.kind == "filed"

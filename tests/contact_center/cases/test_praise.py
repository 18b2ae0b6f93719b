"""A compliment is passed on to whom it is about, once; whoever it names is kept with the case and in no log."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from contact_center.cases import aftercare, queries, service
from contact_center.cases.as_json import as_json
from contact_center.cases.lists import CaseFilters, list_cases
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.praise import pass_on
from contact_center.cases.transfer import Target, transfer
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from contact_center.understanding.models import ReviewItem

Form = Callable[..., NewCase]
THANKS = "شكرا للموظف أحمد علي والموظفة فاطمة في البلدية على السرعة"


async def filed(database: Database, form: NewCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, form)


@pytest.fixture
async def case(database: Database, a_case: Form) -> Case:
    """Thanks that name two people."""
    return await filed(database, a_case(type="compliment", description=THANKS))


async def passed(database: Database, case: Case) -> CaseEvent:
    async with database.transaction() as session:
        return await pass_on(session, await session.get_one(Case, case.id), actor="account:sami")


async def listed(database: Database, **filters: bool | str) -> list[str]:
    async with database.transaction() as session:
        page = await list_cases(session, CaseFilters(type="compliment", **filters))
        return [case.reference for case in page.cases]


async def test_who_is_named_is_kept(
    database: Database, case: Case, a_case: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case.praised == "أحمد علي، فاطمة"
    english = await filed(database, a_case(type="compliment", description="nurse Jincy and Dr. Ali were kind"))
    assert english.praised == "Jincy, Ali"
    unnamed = await filed(database, a_case(type="compliment", description="مشكورين"))
    assert unnamed.praised is None
    async with database.transaction() as session:
        assert (await as_json(session, case))["praised"] == case.praised
    said = capsys.readouterr()
    assert "أحمد" not in said.out + said.err


@pytest.mark.parametrize("type_", ["complaint", "suggestion", "inquiry"])
async def test_nobody_is_kept_of_any_other_case(database: Database, a_case: Form, type_: str) -> None:
    assert (await filed(database, a_case(type=type_, description=THANKS))).praised is None


async def test_it_is_passed_on_once_and_stays_where_it_is(database: Database, case: Case) -> None:
    first, second = await passed(database, case), await passed(database, case)
    assert first.id == second.id
    assert (first.kind, first.public, first.actor) == ("passed_on", True, "account:sami")
    assert first.data == {"praised": "أحمد علي، فاطمة"}
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        assert (own.status, own.passed_on_at is None) == ("received", False)
        await service.reply(session, own, "نقلنا شكركم", close=False, actor="key:x")
        kinds = [event.kind for event in await queries.timeline(session, case.id)]
    assert kinds == ["filed", "passed_on", "reply"], "it can still be answered"


async def test_nothing_else_is_passed_on(database: Database, a_case: Form, case: Case) -> None:
    with pytest.raises(InvalidInput):
        await passed(database, await filed(database, a_case()))
    async with database.transaction() as session:
        await aftercare.withdraw(session, await session.get_one(Case, case.id))
    with pytest.raises(Conflict):
        await passed(database, case)


async def test_what_waits_to_be_passed_on_and_what_was(database: Database, a_case: Form, case: Case) -> None:
    waiting, withdrawn = [await filed(database, a_case(type="compliment", description="مشكورين")) for _ in range(2)]
    await filed(database, a_case())
    async with database.transaction() as session:
        await aftercare.withdraw(session, await session.get_one(Case, withdrawn.id))
    await passed(database, case)
    assert await listed(database, passed_on=False) == [waiting.reference]
    assert await listed(database, passed_on=True, agency=case.agency) == [case.reference]
    assert await listed(database, passed_on=True, agency="works") == []
    assert len(await listed(database)) == 3


async def test_what_others_learn_from_does_not_name_them(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await transfer(session, await session.get_one(Case, case.id), Target(agency="works"), "لهم", actor="key:x")
        (item,) = await session.scalars(select(ReviewItem.text))
    assert "أحمد" not in item
    assert "§name" in item

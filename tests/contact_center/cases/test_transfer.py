"""A case is sent on with its history; the first to get it has its own time, later ones the time that is left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contact_center.agencies.service import assign
from contact_center.agencies.term import Term
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import now
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from contact_center.understanding.models import ReviewItem
from tests.moved_clock import clock_moved

Form = Callable[..., NewCase]


@pytest.fixture
async def case(database: Database, a_case: Form) -> Case:
    """Rubbish in Muharraq: its municipality's, in three working days."""
    async with database.transaction() as session:
        return await service.file(session, a_case(contact_name="مريم حسن", description="انا مريم حسن والزبالة متكدسة"))


async def send(
    database: Database, case: Case, reason: str = "مو من اختصاصنا", key: str | None = None, **target: str
) -> CaseEvent:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        return await transfer(session, own, Target(**target), reason, actor="account:omar", idempotency_key=key)


async def seen(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


async def test_it_goes_to_the_agency_with_its_history(database: Database, case: Case) -> None:
    event = await send(database, case, agency="sce", key="1")
    assert (await send(database, case, agency="sce", key="1")).id == event.id
    after = await seen(database, case)
    assert (after.agency, after.category, after.status) == ("sce", "waste.collection", "transferred")
    assert (event.kind, event.public, event.text, event.data["reason"]) == ("transferred", True, None, "مو من اختصاصنا")
    assert event.data["agency"] == ["mun-muharraq", "sce"]
    async with database.transaction() as session:
        assert [event.kind for event in await queries.timeline(session, case.id)] == ["filed", "transferred"]


async def test_a_category_sends_it_to_the_agency_that_answers_it(database: Database, case: Case) -> None:
    await send(database, case, category="road.pothole")
    after = await seen(database, case)
    assert (after.agency, after.category, after.term) == ("works", "road.pothole", Term(7))


async def test_a_category_of_the_same_agency_changes_neither_status_nor_clock(database: Database, case: Case) -> None:
    event = await send(database, case, agency="mun-muharraq", category="road.pothole")
    after = await seen(database, case)
    assert (event.kind, event.public) == ("recategorised", False)
    assert (after.agency, after.status, after.due_at) == ("mun-muharraq", "received", case.due_at)


async def test_the_first_to_get_it_has_its_own_time_and_the_next_what_is_left(database: Database, case: Case) -> None:
    with clock_moved(timedelta(days=10)):
        await send(database, case, agency="sce")
        async with database.transaction() as session:
            own_time = (await assign(session, case.category, case.governorate, now())).due_at
    first = await seen(database, case)
    assert (first.due_at, first.deadline_number) == (own_time, 2)
    with clock_moved(timedelta(days=12)):
        await send(database, case, agency="works")
    second = await seen(database, case)
    assert (second.agency, second.due_at, second.deadline_number) == ("works", own_time, 2)


@pytest.mark.parametrize("target", [{}, {"agency": "mun-muharraq"}, {"category": "waste.collection"}])
async def test_not_to_where_it_is(database: Database, case: Case, target: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        await send(database, case, **target)


@pytest.mark.parametrize("target", [{"agency": "nobody"}, {"category": "nothing"}])
async def test_not_to_what_is_not_there(database: Database, case: Case, target: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        await send(database, case, **target)


async def test_not_without_a_reason(database: Database, case: Case) -> None:
    with pytest.raises(InvalidInput):
        await send(database, case, reason=" ", agency="sce")


async def test_not_when_it_has_ended(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), "closed", actor="key:x")
    with pytest.raises(Conflict):
        await send(database, case, agency="sce")


async def test_a_clock_that_stood_goes_on(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), "waiting", actor="key:x")
    await send(database, case, agency="sce")
    after = await seen(database, case)
    assert (after.clock_stopped_at, after.next_mark_at is not None) == (None, True)


async def test_the_assistant_may_learn_from_it_without_a_name(database: Database, case: Case) -> None:
    await send(database, case, category="road.pothole")
    async with database.transaction() as session:
        item = (await session.execute(select(ReviewItem))).scalar_one()
    assert item.labels["after"] == {"category": "road.pothole", "agency": "works"}
    assert "متكدسة" in item.text
    assert "مريم" not in item.text

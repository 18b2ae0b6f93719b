import asyncio
from collections.abc import Callable

import pytest

from contact_center.cases import queries, service
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput

MakeCase = Callable[..., NewCase]


@pytest.fixture
async def case(database: Database, a_case: MakeCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, a_case())


async def reply(database: Database, case: Case, text: str, *, close: bool, key: str | None = None) -> int:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        return (await service.reply(session, own, text, close=close, actor="key:erp", idempotency_key=key)).id


async def move(database: Database, case: Case, status: str, key: str | None = None) -> int:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        event = await service.set_status(session, own, status, actor="account:ali", text="لحظة", idempotency_key=key)
        return event.id


async def seen(database: Database, case: Case) -> tuple[Case, list[tuple[str, str | None, dict[str, object]]]]:
    async with database.transaction() as session:
        events = await queries.timeline(session, case.id)
        return await session.get_one(Case, case.id), [(event.kind, event.text, event.data) for event in events]


async def test_an_answer(database: Database, case: Case) -> None:
    await reply(database, case, "  تم رفع المخلفات  ", close=False)
    now, events = await seen(database, case)
    assert (now.status, now.closed_at) == ("answered", None)
    assert now.answered_at is not None
    assert now.answered_at >= now.created_at
    assert events[1:] == [("reply", "تم رفع المخلفات", {"before": "received", "after": "answered"})]


async def test_an_answer_that_closes(database: Database, case: Case) -> None:
    await reply(database, case, "تم", close=True)
    now, events = await seen(database, case)
    assert now.status == "closed"
    assert now.answered_at is not None
    assert now.closed_at is not None
    assert len(events) == 2


async def test_a_fuller_answer_may_follow_but_not_after_the_end(database: Database, case: Case) -> None:
    await reply(database, case, "one", close=False)
    await reply(database, case, "two", close=True)
    with pytest.raises(Conflict):
        await reply(database, case, "three", close=False)
    _, events = await seen(database, case)
    assert [text for kind, text, _ in events if kind == "reply"] == ["one", "two"]


async def test_an_answer_without_words_is_refused(database: Database, case: Case) -> None:
    with pytest.raises(InvalidInput):
        await reply(database, case, " \n ", close=True)
    assert (await seen(database, case))[0].status == "received"


async def test_the_same_answer_again_changes_nothing_even_at_once_and_after_the_end(
    database: Database, case: Case
) -> None:
    ids = await asyncio.gather(*(reply(database, case, "تم", close=True, key="r-1") for _ in range(5)))
    assert set(ids) == {await reply(database, case, "تم", close=True, key="r-1")}
    assert len((await seen(database, case))[1]) == 2


async def test_two_different_answers_at_once_are_both_kept_or_one_is_refused(database: Database, case: Case) -> None:
    outcomes = await asyncio.gather(
        reply(database, case, "one", close=True), reply(database, case, "two", close=True), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "int"]
    assert len((await seen(database, case))[1]) == 2


async def test_a_status(database: Database, case: Case) -> None:
    await move(database, case, "assigned")
    now, events = await seen(database, case)
    assert now.status == "assigned"
    assert events[1:] == [("status", "لحظة", {"before": "received", "after": "assigned"})]


async def test_a_status_that_cannot_be_changes_nothing(database: Database, case: Case) -> None:
    await move(database, case, "withdrawn")
    with pytest.raises(Conflict):
        await move(database, case, "assigned")
    now, events = await seen(database, case)
    assert now.status == "withdrawn"
    assert now.closed_at is not None
    assert len(events) == 2


async def test_the_same_step_again_changes_nothing(database: Database, case: Case) -> None:
    assert await move(database, case, "withdrawn", "w-1") == await move(database, case, "withdrawn", "w-1")
    assert len((await seen(database, case))[1]) == 2


async def test_reopening_takes_the_end_back(database: Database, case: Case) -> None:
    await reply(database, case, "تم", close=True)
    await move(database, case, "reopened")
    now, _ = await seen(database, case)
    assert (now.status, now.answered_at, now.closed_at) == ("reopened", None, None)


async def test_a_case_read_before_somebody_else_changed_it_is_not_overwritten(database: Database, case: Case) -> None:
    async with database.transaction() as session:
        stale = await session.get_one(Case, case.id)
        await reply(database, case, "تم", close=True)
        assert stale.status == "received"
        with pytest.raises(Conflict):
            await service.set_status(session, stale, "assigned", actor="account:ali")

"""What becomes of a suggestion: said with its answer, taken further later, and of no other kind of case."""

import itertools
from collections.abc import Callable

import pytest

from contact_center.cases import aftercare, service
from contact_center.cases.as_json import as_json
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.outcomes import STEPS, Outcome
from contact_center.cases.suggestion_progress import may_go_to, take_further
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput

Form = Callable[..., NewCase]
FURTHER = {
    ("under_study", "accepted"), ("under_study", "not_possible"), ("under_study", "done"),
    ("accepted", "done"), ("accepted", "not_possible"),
}  # fmt: skip


@pytest.fixture
async def case(database: Database, a_case: Form) -> Case:
    """An idea about rubbish."""
    async with database.transaction() as session:
        return await service.file(session, a_case(type="suggestion", description="ليش ما تحطون حاويات للتدوير"))


async def answered(
    database: Database, case: Case, outcome: str | None, *, close: bool = False, key: str | None = None
) -> CaseEvent:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        return await service.reply(
            session, own, "شكراً", close=close, outcome=outcome, actor="key:x", idempotency_key=key
        )


async def goes_on(database: Database, case: Case, outcome: str, text: str | None = None, key: str = "2") -> CaseEvent:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        return await take_further(session, own, outcome, text, actor="key:x", idempotency_key=key)


async def seen(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


def test_one_outcome_leads_to_another_as_it_was_decided() -> None:
    assert STEPS[None] == set(Outcome)
    possible = {(before, after) for before, after in itertools.product(Outcome, Outcome) if after in STEPS[before]}
    assert possible == FURTHER


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_the_answer_says_it_and_ends_the_clock(database: Database, case: Case, outcome: str) -> None:
    event = await answered(database, case, outcome)
    after = await seen(database, case)
    assert (after.status, after.outcome, after.next_mark_at) == ("answered", outcome, None)
    assert (event.kind, event.public, event.data["outcome"]) == ("reply", True, outcome)
    async with database.transaction() as session:
        assert (await as_json(session, after))["outcome"] == outcome


async def test_old_systems_say_none(database: Database, case: Case) -> None:
    event = await answered(database, case, None)
    assert "outcome" not in event.data
    assert (await seen(database, case)).outcome is None


@pytest.mark.parametrize("type_", ["complaint", "inquiry", "compliment"])
async def test_no_other_kind_has_one(database: Database, a_case: Form, type_: str) -> None:
    async with database.transaction() as session:
        other = await service.file(session, a_case(type=type_))
        with pytest.raises(InvalidInput):
            await service.reply(session, other, "شكراً", close=False, outcome="done", actor="key:x")
        with pytest.raises(InvalidInput):
            await take_further(session, other, "done", actor="key:x")
        assert (other.status, other.outcome) == ("received", None)


async def test_what_is_no_outcome_is_refused(database: Database, case: Case) -> None:
    with pytest.raises(InvalidInput):
        await answered(database, case, "perhaps")
    assert (await seen(database, case)).status == "received"


@pytest.mark.parametrize("close", [True, False])
async def test_it_goes_on_after_the_answer_once_and_the_status_stays(
    database: Database, case: Case, close: bool
) -> None:
    await answered(database, case, "under_study", close=close)
    status = (await seen(database, case)).status
    for _ in range(2):
        event = await goes_on(database, case, "accepted", "وافقت اللجنة")
    assert (event.kind, event.public, event.text) == ("outcome", True, "وافقت اللجنة")
    assert event.data == {"outcome": "accepted", "outcome_before": "under_study"}
    await goes_on(database, case, "done", key="3")
    after = await seen(database, case)
    assert (after.status, after.outcome, may_go_to(after)) == (status, "done", [])


@pytest.mark.parametrize(
    ("before", "after"),
    sorted({*itertools.product(Outcome, Outcome)} - FURTHER),  # type: ignore[arg-type]
)
async def test_it_does_not_go_back(database: Database, case: Case, before: str, after: str) -> None:
    await answered(database, case, before)
    with pytest.raises(Conflict):
        await goes_on(database, case, after)
    assert (await seen(database, case)).outcome == before


async def test_a_fuller_answer_may_say_the_same_but_takes_nothing_back(database: Database, case: Case) -> None:
    await answered(database, case, "done")
    await answered(database, case, "done")
    await answered(database, case, None)
    assert (await seen(database, case)).outcome == "done"
    with pytest.raises(Conflict):
        await answered(database, case, "under_study")


async def test_before_the_answer_there_is_none(database: Database, case: Case) -> None:
    with pytest.raises(Conflict):
        await goes_on(database, case, "accepted")
    assert may_go_to(await seen(database, case)) == []


async def test_reopened_it_is_judged_anew(database: Database, case: Case) -> None:
    await answered(database, case, "not_possible")
    async with database.transaction() as session:
        await aftercare.reopen(session, await session.get_one(Case, case.id), "عندي تفاصيل أكثر")
    assert (await seen(database, case)).outcome is None
    await answered(database, case, "under_study")
    assert (await seen(database, case)).outcome == "under_study"

"""Escalated cases reach people: of the level that they went to or above, whoever is there, and never nobody."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text, update

from contact_center.accounts.models import Account
from contact_center.cases import escalations, service
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.cases.sla import tick
from contact_center.clock import now
from contact_center.database import Database
from tests.moved_clock import clock_moved

Form = Callable[..., NewCase]
AGENCY, OTHER, FALLBACK = "mun-muharraq", "ewa", "iga"
PASSED = [LEVELS[:count] for count in range(len(LEVELS) + 1)]
STAFF = [tuple(name for name, there in zip(LEVELS, each, strict=True) if there) for each in product([0, 1], repeat=3)]


def account(role: str, agency: str | None = None) -> Account:
    return Account(username=f"{role}.{agency}", display_name=role, password_hash="x", role=role, agency=agency)


async def staffed(database: Database, *people: Account) -> Sequence[Account]:
    async with database.transaction() as session:
        session.add_all(people)
    return people


async def filed(database: Database, form: NewCase, passed: Sequence[str] = (), **changed: Any) -> Case:
    """A case for which the marks of these levels have passed and been noted."""
    async with database.transaction() as session:
        case = await service.file(session, form)
        marks = ["approaching", *passed]
        await session.execute(update(Case).where(Case.id == case.id).values(marks=marks, **changed))
        await session.refresh(case)
        return case


async def reached(database: Database, person: Account) -> list[str]:
    """The reference numbers on somebody's page; what is counted is what is shown."""
    async with database.transaction() as session:
        found = await escalations.most_urgent(session, person)
        assert (await escalations.count(session, person)).all == len(found)
        for each in found:
            assert await escalations.reaches(session, person, each.case)
        return [each.case.reference for each in found]


def expected(person: Account, passed: Sequence[str], agencys: Sequence[str]) -> bool:
    """Whom a case of the agency reaches, said another way: level by level, upwards until somebody is there."""
    for level in passed:
        at_or_above = LEVELS[LEVELS.index(level) :]
        there = [role for role in agencys if role in at_or_above]
        if person.agency == AGENCY and person.role in there:
            return True
        if not there and (person.role == "admin" or (person.agency == FALLBACK and person.role in LEVELS[1:])):
            return True
    return False


async def test_whoever_is_there_sees_it_and_never_nobody(database: Database, a_case: Form) -> None:
    """Every staffing of the agency, by every level that a case may stand at."""
    cases = {passed: (await filed(database, a_case(), passed)).reference for passed in PASSED}
    people = [account(role, agency) for agency, role in product((AGENCY, OTHER, FALLBACK), LEVELS)]
    others = await staffed(database, account("admin"), account("agent"))
    await staffed(database, *people)
    for there in STAFF:
        async with database.transaction() as session:
            away = Account.role.not_in(there) if there else Account.role.in_(LEVELS)
            await session.execute(update(Account).where(Account.agency == AGENCY).values(disabled_at=None))
            await session.execute(update(Account).where(Account.agency == AGENCY, away).values(disabled_at=now()))
        present = [each for each in people if each.agency != AGENCY or each.role in there]
        seen_by = dict.fromkeys(PASSED, 0)
        for person in (*present, *others):
            own = await reached(database, person)
            for passed, reference in cases.items():
                assert (reference in own) is expected(person, passed, there), (person.username, passed, there)
                seen_by[passed] += reference in own
        assert [passed for passed, count in seen_by.items() if passed and not count] == []


async def test_the_higher_see_what_went_to_the_lower_in_their_own_agency_only(database: Database, a_case: Form) -> None:
    people = [account(role, AGENCY) for role in LEVELS]
    strangers = [account(role, OTHER) for role in LEVELS]
    await staffed(database, *people, *strangers)
    case = await filed(database, a_case(), ("officer",))
    assert [await reached(database, person) for person in people] == [[case.reference]] * 3
    assert [await reached(database, person) for person in strangers] == [[]] * 3


async def test_an_officers_own_come_first_however_many_are_more_urgent(
    database: Database, a_case: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalations, "_SHOWN", 2)
    omar, sami = await staffed(database, account("officer", AGENCY), account("supervisor", AGENCY))
    own = await filed(database, a_case(), ("officer",), assignee=omar.username)
    urgent = [await filed(database, a_case(), LEVELS, due_at=now() - timedelta(days=9 - n)) for n in range(3)]
    references = [case.reference for case in urgent]
    async with database.transaction() as session:
        shown = {
            person.role: [(each.case.reference, each.level) for each in await escalations.most_urgent(session, person)]
            for person in (omar, sami)
        }
    assert shown["officer"] == [(own.reference, "officer"), (references[0], "head")]
    assert shown["supervisor"] == [(references[0], "head"), (references[1], "head")]


@pytest.mark.parametrize(
    ("status", "shown"),
    [("in_progress", True), ("waiting", True), ("closed", False), ("withdrawn", False), ("duplicate", False)],
)
async def test_only_while_it_is_open(database: Database, a_case: Form, status: str, shown: bool) -> None:
    (omar,) = await staffed(database, account("officer", AGENCY))
    case = await filed(database, a_case(), ("officer",))
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
    assert (await reached(database, omar) == [case.reference]) is shown


async def test_from_the_clock_to_the_page_and_off_it_by_another_date(database: Database, a_case: Form) -> None:
    omar, huda = await staffed(database, account("officer", AGENCY), account("head", AGENCY))
    case = await filed(database, a_case())
    assert case.due_at
    await tick(database, case.due_at - timedelta(days=9))
    assert await reached(database, omar) == []
    await tick(database, case.due_at + timedelta(days=60))
    assert await reached(database, omar) == await reached(database, huda) == [case.reference]
    with clock_moved(timedelta(days=60)):
        for status in ("closed", "reopened"):
            async with database.transaction() as session:
                await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")
    assert await reached(database, omar) == [], "a new deadline, of which nothing has passed"


async def test_the_most_urgent_first_and_an_officers_own_before_all(database: Database, a_case: Form) -> None:
    omar, _, huda = await staffed(
        database, account("officer", AGENCY), account("supervisor", AGENCY), account("head", AGENCY)
    )
    at = now()
    late = await filed(database, a_case(), LEVELS[:1], due_at=at - timedelta(days=2))
    later = await filed(database, a_case(), LEVELS[:1], due_at=at - timedelta(days=1), assignee=omar.username)
    high = await filed(database, a_case(), LEVELS, due_at=at)
    assert await reached(database, huda) == [each.reference for each in (high, late, later)]
    assert await reached(database, omar) == [each.reference for each in (later, high, late)]


async def test_what_was_opened_is_known_until_it_goes_higher_or_its_deadline_is_another(
    database: Database, a_case: Form
) -> None:
    omar, sami = await staffed(database, account("officer", AGENCY), account("supervisor", AGENCY))
    case = await filed(database, a_case(), LEVELS[:1])

    async def new(person: Account) -> bool:
        async with database.transaction() as session:
            found = await escalations.count(session, person)
            assert found.new is any(each.new for each in await escalations.most_urgent(session, person))
            return found.new

    async def opens(person: Account) -> None:
        async with database.transaction() as session:
            await escalations.note_seen(session, person, await session.get_one(Case, case.id))

    assert (await new(omar), await new(sami)) == (True, True)
    await opens(omar)
    await opens(omar)
    assert (await new(omar), await new(sami)) == (False, True)
    for change in ({"marks": [*LEVELS[:2]]}, {"deadline_number": 2}):
        async with database.transaction() as session:
            await session.execute(update(Case).where(Case.id == case.id).values(**change))
        assert await new(omar)
        await opens(omar)
        assert not await new(omar)


async def test_no_more_are_counted_than_are_said(
    database: Database, a_case: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalations, "MOST_COUNTED", 2)
    (omar,) = await staffed(database, account("officer", AGENCY))
    for counted in (1, 2, 3, 3):
        await filed(database, a_case(), LEVELS[:1])
        async with database.transaction() as session:
            assert (await escalations.count(session, omar)).all == counted


async def test_how_many_stand_at_each_level(database: Database, a_case: Form) -> None:
    for passed in (LEVELS[:1], LEVELS[:1], LEVELS, ()):
        await filed(database, a_case(), passed)
    await filed(database, a_case(category="power.outage"), LEVELS[:2])
    async with database.transaction() as session:
        assert await escalations.by_level(session, AGENCY) == {"officer": 2, "supervisor": 0, "head": 1}
        assert await escalations.by_level(session, None) == {"officer": 2, "supervisor": 1, "head": 1}


async def test_the_count_reads_an_index_that_holds_only_what_was_escalated(database: Database, a_case: Form) -> None:
    omar, admin = await staffed(database, account("officer", AGENCY), account("admin"))
    await filed(database, a_case(), LEVELS)
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        for person in (omar, admin):
            ways = await escalations.ways(session, person)
            counted = escalations.counting(person, ways).compile(
                session.get_bind(), compile_kwargs={"literal_binds": True}
            )
            plan = "\n".join((await session.scalars(text(f"EXPLAIN {counted}"))).all())
            assert "ix_cases_escalated" in plan, plan

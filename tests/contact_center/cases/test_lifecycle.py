import pytest
from sqlalchemy import Executable, delete, select, update
from sqlalchemy.exc import IntegrityError

from contact_center.cases import service
from contact_center.cases.lifecycle import LIFE, OPEN, TRANSITIONS, Status, Who, check, set_by_hand
from contact_center.cases.models import Case, CaseEvent, CaseTransition
from contact_center.cases.new_case import NewCase
from contact_center.database import Database
from contact_center.errors import Conflict


def test_every_status_has_its_ways_out() -> None:
    assert set(TRANSITIONS) == set(Status)
    assert all(TRANSITIONS.values())


def test_each_way_stands_in_one_line() -> None:
    ways = [(before, way.after) for way in LIFE for before in way.before]
    assert len(ways) == len(set(ways))
    assert all(way.by for way in LIFE)


def test_who_sets_what_by_hand() -> None:
    assert set_by_hand(Who.AGENCY) == {"assigned", "in_progress", "waiting", "closed", "reopened"}
    assert set_by_hand(Who.CITIZEN) == {"withdrawn", "reopened"}


async def test_the_database_knows_the_same_ways(database: Database) -> None:
    async with database.transaction() as session:
        known = {(row.before, row.after) for row in await session.scalars(select(CaseTransition))}
    assert known == {(before, after) for before, afters in TRANSITIONS.items() for after in afters}


async def test_the_database_refuses_what_is_impossible(database: Database) -> None:
    async with database.transaction() as session:
        case = await service.file(
            session, NewCase(type="complaint", category="road.pothole", description="حفرة", channel="sms")
        )
        await service.set_status(session, case, "closed", actor="key:x")
    with pytest.raises(IntegrityError, match="cannot become"):
        async with database.transaction() as session:
            await session.execute(update(Case).values(status="in_progress"))


@pytest.mark.parametrize("statement", [update(CaseEvent).values(text="x"), delete(CaseEvent)])
async def test_a_timeline_is_only_added_to(database: Database, statement: Executable) -> None:
    async with database.transaction() as session:
        await service.file(
            session, NewCase(type="complaint", category="road.pothole", description="حفرة", channel="sms")
        )
    with pytest.raises(IntegrityError, match="only ever added to"):
        async with database.transaction() as session:
            await session.execute(statement)


def test_the_statuses_are_those_that_outsiders_know() -> None:
    assert " ".join(Status) == (
        "received assigned in_progress waiting answered closed reopened transferred withdrawn duplicate"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("received", "assigned"),
        ("received", "answered"),
        ("assigned", "transferred"),
        ("transferred", "transferred"),
        ("in_progress", "waiting"),
        ("waiting", "in_progress"),
        ("answered", "answered"),
        ("answered", "closed"),
        ("answered", "reopened"),
        ("closed", "reopened"),
        ("withdrawn", "reopened"),
        ("duplicate", "reopened"),
        ("reopened", "answered"),
    ],
)
def test_allowed(before: str, after: str) -> None:
    assert check(before, after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("closed", "answered"),
        ("closed", "closed"),
        ("withdrawn", "answered"),
        ("duplicate", "closed"),
        ("answered", "received"),
        ("received", "reopened"),
        ("assigned", "received"),
        ("waiting", "waiting"),
    ],
)
def test_refused(before: str, after: str) -> None:
    with pytest.raises(Conflict, match=f"{before} cannot become {after}"):
        check(before, after)


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(Conflict):
        check("received", "finished")


def test_a_case_that_has_ended_is_only_reopened_and_an_open_one_can_always_be_answered() -> None:
    assert set(Status) - OPEN == {"answered", "closed", "withdrawn", "duplicate"}
    assert all(Status.ANSWERED in TRANSITIONS[status] for status in OPEN)
    assert all(TRANSITIONS[Status(ended)] == {"reopened"} for ended in ("closed", "withdrawn", "duplicate"))

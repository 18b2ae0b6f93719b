"""What is configured is read once and again only after a change, whoever makes it; nobody sees what was rolled back."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import event, text

from actions.base import Answer, TurnAction
from actions.known import catalogue as known_in_actions
from actions.turn import Turn
from contact_center.agencies import queries
from contact_center.agencies.term import Term
from contact_center.cases import service
from contact_center.cases.new_case import NewCase
from contact_center.database import Database

NEW = NewCase(type="complaint", category="power.outage", description="الكهرباء مقطوعة", channel="sms")


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database in another process: with an engine, and so with kept things, of its own."""
    other = Database(database_url, pool_size=1)
    yield other
    await other.close()


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database while the block lasts."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def term_of_ewa(database: Database) -> Term:
    async with database.transaction() as session:
        return (await queries.catalogue(session)).agencies["ewa"].term


async def test_filing_a_case_asks_once_for_the_version_and_reads_nothing_again(database: Database) -> None:
    async with database.transaction() as session:
        await service.file(session, NEW)
    with statements(database) as sent:
        async with database.transaction() as session:
            await service.file(session, NEW)
    about = [one for one in sent if any(table in one for table in ("configuration_version", "agencies", "calendar"))]
    assert len(about) == 1
    assert "configuration_version" in about[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE agencies SET term = '3' WHERE code = 'ewa'",
        "UPDATE agencies SET term = '3' WHERE code IN ('ewa', 'works')",
    ],
)
async def test_a_change_anywhere_is_seen_by_the_next_who_asks(
    database: Database, elsewhere: Database, change: str
) -> None:
    assert await term_of_ewa(database) == await term_of_ewa(elsewhere) == Term(5)
    async with elsewhere.transaction() as session:
        await session.execute(text(change))
    assert await term_of_ewa(database) == await term_of_ewa(elsewhere) == Term(3)


async def test_declared_days_and_hours_are_seen_too(database: Database, elsewhere: Database) -> None:
    day = date(2026, 11, 22)
    async with database.transaction() as session:
        assert (await queries.working_calendar(session)).is_working(day)
    async with elsewhere.transaction() as session:
        await session.execute(text("INSERT INTO calendar_days (day, working, note) VALUES ('2026-11-22', false, '')"))
        await session.execute(text("UPDATE working_hours SET ordinary = ramadan"))
    async with database.transaction() as session:
        calendar = await queries.working_calendar(session)
    assert not calendar.is_working(day)
    assert [f"{opens:%H:%M}" for opens, _ in calendar.stretches(date(2026, 11, 23))] == ["05:00"]


async def test_what_was_rolled_back_is_never_taken_for_what_comes_after_it(
    database: Database, elsewhere: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE agencies SET term = '3' WHERE code = 'ewa'"))
        assert (await queries.catalogue(session)).agencies["ewa"].term == Term(3)
        await session.rollback()
    async with elsewhere.transaction() as session:
        await session.execute(text("UPDATE agencies SET term = '8' WHERE code = 'ewa'"))
    assert await term_of_ewa(database) == Term(8)


class _Looks(TurnAction):
    called = "looks"

    async def act(self, turn: Turn) -> Answer:
        return Answer(slots={"term": str(known_in_actions().agencies["ewa"].term), "guess": turn.category()})


async def test_a_running_action_server_sees_a_change_with_the_next_message(
    database: Database, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.backend.database", lambda: database)
    guesses = [{"code": "road.pothole", "confidence": 0.9}, {"code": "road.pavement", "confidence": 0.05}]
    message = {"text": "حفرة", "language": "ar", "categories": guesses}
    state = {"sender_id": "1", "slots": {}, "latest_message": message, "active_loop": {}, "events": []}

    async def seen() -> dict[str, str]:
        events = await _Looks().run(CollectingDispatcher(), Tracker.from_dict(state), {})
        return {event["name"]: event["value"] for event in events}

    assert await seen() == {"term": "5", "guess": "road.pothole"}
    async with elsewhere.transaction() as session:
        await session.execute(text("UPDATE agencies SET term = '3' WHERE code = 'ewa'"))
        await session.execute(text("UPDATE categories SET retired = true WHERE code = 'road.pothole'"))
    assert await seen() == {"term": "3", "guess": "road.pavement"}

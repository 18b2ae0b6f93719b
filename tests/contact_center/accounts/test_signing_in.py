import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from contact_center.accounts import service
from contact_center.accounts import sign_in as module
from contact_center.accounts.models import SignInAttempts
from contact_center.accounts.sign_in import MAX_PER_ADDRESS, MAX_PER_USERNAME, WINDOW, sign_in
from contact_center.database import Database
from contact_center.errors import TooMany

PASSWORD = "a password of mine"
START = datetime(2026, 1, 4, 9, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    moment = START

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare passwords as they are: these tests count tries, and argon2 would take a minute of them."""
    monkeypatch.setattr(module.passwords, "matches", lambda password, kept: kept is not None and password == PASSWORD)


@pytest.fixture(autouse=True)
async def fatima(database: Database) -> None:
    async with database.transaction() as session:
        await service.create_account(session, "fatima", "agent", actor="cli", password=PASSWORD)
        await service.create_account(session, "omar", "agent", actor="cli", password=PASSWORD)


async def attempt(database: Database, username: str, password: str, address: str = "203.0.113.1") -> str | None:
    async with database.transaction() as session:
        account = await sign_in(session, username, password, address)
        return account.username if account else None


async def test_the_right_password_signs_in(database: Database) -> None:
    assert await attempt(database, " Fatima ", PASSWORD) == "fatima"


@pytest.mark.parametrize(
    ("username", "password"), [("fatima", "wrong"), ("nobody", PASSWORD), ("", ""), ("fatima", PASSWORD + " ")]
)
async def test_anything_else_does_not(database: Database, username: str, password: str) -> None:
    assert await attempt(database, username, password) is None


async def test_a_disabled_account_does_not(database: Database) -> None:
    async with database.transaction() as session:
        await service.disable_account(session, "fatima", actor="cli")
    assert await attempt(database, "fatima", PASSWORD) is None


@pytest.mark.usefixtures("quick")
async def test_a_name_that_failed_too_often_waits(database: Database, clock: Clock) -> None:
    for n in range(MAX_PER_USERNAME):
        assert await attempt(database, "Fatima", "wrong", f"203.0.113.{n}") is None
    clock.moment += timedelta(minutes=5)
    with pytest.raises(TooMany) as stopped:
        await attempt(database, "fatima", PASSWORD, "203.0.113.99")
    assert stopped.value.details["retry_after"] == 600
    assert await attempt(database, "omar", PASSWORD, "203.0.113.99") == "omar"
    clock.moment = START + WINDOW
    assert await attempt(database, "fatima", PASSWORD) == "fatima"


@pytest.mark.usefixtures("quick")
async def test_an_unknown_name_waits_just_the_same(database: Database, clock: Clock) -> None:
    for _ in range(MAX_PER_USERNAME):
        assert await attempt(database, "nobody", "wrong") is None
    with pytest.raises(TooMany):
        await attempt(database, "nobody", "wrong")


@pytest.mark.usefixtures("quick")
async def test_a_success_starts_the_name_anew(database: Database, clock: Clock) -> None:
    for _ in range(3):
        for _ in range(MAX_PER_USERNAME - 1):
            assert await attempt(database, "fatima", "wrong") is None
        assert await attempt(database, "fatima", PASSWORD) == "fatima"


@pytest.mark.usefixtures("quick")
async def test_an_address_that_tries_many_names_waits(database: Database, clock: Clock) -> None:
    for n in range(MAX_PER_ADDRESS):
        assert await attempt(database, f"name{n}", "wrong") is None
    with pytest.raises(TooMany):
        await attempt(database, "fatima", PASSWORD)
    assert await attempt(database, "fatima", PASSWORD, "203.0.113.2") == "fatima"


@pytest.mark.usefixtures("quick")
async def test_an_office_behind_one_address_is_not_stopped_by_its_successes(database: Database, clock: Clock) -> None:
    for _ in range(MAX_PER_ADDRESS + 1):
        assert await attempt(database, "fatima", PASSWORD) == "fatima"


@pytest.mark.usefixtures("quick")
async def test_many_guesses_at_once_are_counted_one_by_one(database: Database, clock: Clock) -> None:
    guesses = (attempt(database, "fatima", "wrong", f"203.0.113.{n}") for n in range(MAX_PER_USERNAME + 5))
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == MAX_PER_USERNAME
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 5


@pytest.mark.usefixtures("quick")
async def test_old_tries_are_forgotten_and_no_name_is_kept(database: Database, clock: Clock) -> None:
    await attempt(database, "hunter2 typed as a name", "wrong", "203.0.113.7")
    clock.moment += WINDOW
    await attempt(database, "fatima", PASSWORD)
    async with database.transaction() as session:
        kept = list(await session.scalars(select(SignInAttempts.key)))
    assert kept == ["address:203.0.113.1"]


async def test_what_is_typed_as_a_name_is_not_kept(database: Database) -> None:
    await attempt(database, "hunter2", "wrong")
    async with database.transaction() as session:
        kept = list(await session.scalars(select(SignInAttempts.key)))
    assert len(kept) == 2
    assert not any("hunter2" in key for key in kept)

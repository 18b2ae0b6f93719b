from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from contact_center.accounts import service, sessions
from contact_center.accounts.models import Account, StaffSession
from contact_center.database import Database

START = datetime(2026, 1, 4, 9, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    moment = START

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sessions, "now", clock)
    return clock


@pytest.fixture
async def account(database: Database) -> Account:
    async with database.transaction() as session:
        return (await service.create_account(session, "fatima", "agent", actor="cli"))[0]


async def start(database: Database, account: Account) -> str:
    async with database.transaction() as session:
        return await sessions.start(session, account)


async def whose(database: Database, token: str) -> str | None:
    async with database.transaction() as session:
        found = await sessions.find(session, token)
        return found.username if found else None


async def test_a_session_is_its_accounts_and_only_a_digest_is_kept(database: Database, account: Account) -> None:
    token, other = await start(database, account), await start(database, account)
    assert token != other
    assert await whose(database, token) == "fatima"
    async with database.transaction() as session:
        kept = list(await session.scalars(select(StaffSession.token_hash)))
    assert len(kept) == 2
    assert not {token, other} & set(kept)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "' OR 1=1 --"])
async def test_an_unknown_token_is_nobodys(database: Database, account: Account, token: str) -> None:
    await start(database, account)
    assert await whose(database, token) is None


async def test_signing_out_ends_this_session_only(database: Database, account: Account) -> None:
    token, other = await start(database, account), await start(database, account)
    async with database.transaction() as session:
        await sessions.end(session, token)
    assert await whose(database, token) is None
    assert await whose(database, other) == "fatima"


async def test_eight_idle_hours_end_a_session(database: Database, account: Account, clock: Clock) -> None:
    token = await start(database, account)
    clock.moment = START + timedelta(hours=8) - timedelta(seconds=1)
    assert await whose(database, token) == "fatima"
    clock.moment += timedelta(hours=8)
    assert await whose(database, token) is None


async def test_a_used_session_goes_on_but_not_beyond_a_day(database: Database, account: Account, clock: Clock) -> None:
    token = await start(database, account)
    for _ in range(3):
        clock.moment += timedelta(hours=7)
        assert await whose(database, token) == "fatima"
    clock.moment = START + timedelta(hours=24) - timedelta(seconds=1)
    assert await whose(database, token) == "fatima"
    clock.moment = START + timedelta(hours=24)
    assert await whose(database, token) is None


async def test_expired_sessions_are_forgotten_when_somebody_signs_out(
    database: Database, account: Account, clock: Clock
) -> None:
    await start(database, account)
    clock.moment += timedelta(hours=9)
    token, other = await start(database, account), await start(database, account)
    async with database.transaction() as session:
        await sessions.end(session, token)
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 1
    assert await whose(database, other) == "fatima"

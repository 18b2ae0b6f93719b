"""Who leaves without saying so is away after a while."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from contact_center.accounts import service, sessions
from contact_center.accounts.models import AuditEntry, StaffSession
from contact_center.accounts.queries import on_duty
from contact_center.clock import now
from contact_center.database import Database


@pytest.fixture
async def on_duty_since(database: Database) -> None:
    """Fatima and Hasan are on duty."""
    async with database.transaction() as session:
        for name in ("fatima", "hasan"):
            await service.create_account(session, name, "agent", actor="cli")
            await service.set_duty(session, name, on=True, actor="cli")


async def signs_in(database: Database, name: str, minutes_ago: float, *, half: bool = False) -> str:
    """Sign in; the last sign of that browser is so many minutes old."""
    async with database.transaction() as session:
        account = await service.locked(session, name)
        token = await sessions.start(session, account, half=half)
        found = (await session.scalars(select(StaffSession).order_by(StaffSession.created_at.desc()).limit(1))).one()
        found.last_seen_at = now() - timedelta(minutes=minutes_ago)
    return token


async def left(database: Database) -> Sequence[str]:
    async with database.transaction() as session:
        return await service.end_abandoned_duty(session)


async def there(database: Database) -> list[str]:
    async with database.transaction() as session:
        return [account.username for account in await on_duty(session)]


@pytest.mark.usefixtures("on_duty_since")
async def test_who_has_no_page_open_any_more_is_away_and_it_is_written_down_once(database: Database) -> None:
    await signs_in(database, "fatima", minutes_ago=11)
    await signs_in(database, "hasan", minutes_ago=9)
    assert [await left(database), await left(database)] == [["fatima"], []]
    assert await there(database) == ["hasan"]
    async with database.transaction() as session:
        last = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))).one()
    assert (last.actor, last.action, last.subject, last.data) == ("system", "account.duty", "fatima", {"on": False})


@pytest.mark.usefixtures("on_duty_since")
async def test_one_open_page_is_enough(database: Database) -> None:
    await signs_in(database, "fatima", minutes_ago=300)
    await signs_in(database, "fatima", minutes_ago=1)
    assert await left(database) == []


@pytest.mark.usefixtures("on_duty_since")
async def test_a_page_that_is_open_counts_however_long_nothing_is_done_in_it(database: Database) -> None:
    token = await signs_in(database, "fatima", minutes_ago=11)
    async with database.transaction() as session:  # as each open page's stream does once a minute
        assert await sessions.find(session, token) is not None
    assert await left(database) == []


@pytest.mark.usefixtures("on_duty_since")
async def test_half_a_session_is_no_page(database: Database) -> None:
    await signs_in(database, "fatima", minutes_ago=11)
    await signs_in(database, "fatima", minutes_ago=0, half=True)
    assert await left(database) == ["fatima"]


@pytest.mark.usefixtures("on_duty_since")
async def test_who_never_signed_in_works_elsewhere_and_stays(database: Database) -> None:
    await signs_in(database, "fatima", minutes_ago=11, half=True)
    assert await left(database) == []
    assert await there(database) == ["fatima", "hasan"]

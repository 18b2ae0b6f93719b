import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from contact_center.accounts import queries
from contact_center.accounts.api_keys import create_key, revoke_key, verify_key
from contact_center.accounts.models import ApiKey, AuditEntry
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound
from tests.moved_clock import clock_stopped


async def create(database: Database, name: str) -> str:
    async with database.transaction() as session:
        return await create_key(session, name, actor="cli")


async def whose(database: Database, key: str) -> str | None:
    async with database.transaction() as session:
        found = await verify_key(session, key)
        return found.name if found else None


async def test_a_key_is_known_and_only_its_digest_is_kept(database: Database) -> None:
    key = await create(database, " erp ")
    assert re.fullmatch(r"tws_[\w-]{43}", key)
    assert await whose(database, key) == "erp"
    async with database.transaction() as session:
        (kept,) = await queries.api_keys(session)
        everything = f"{vars(kept)} {[vars(entry) for entry in await session.scalars(select(AuditEntry))]}"
    assert key not in everything
    assert re.fullmatch(r"[0-9a-f]{64}", kept.key_hash)


async def test_the_last_use_is_noted_to_the_minute(database: Database) -> None:
    key = await create(database, "erp")

    async def used() -> datetime | None:
        async with database.transaction() as session:
            (kept,) = await queries.api_keys(session)
            return kept.last_used_at

    assert await used() is None
    with clock_stopped(datetime(2026, 1, 4, 9, tzinfo=UTC)) as clock:
        for seconds, noted in ((0, 0), (59, 0), (60, 60), (61, 60)):
            clock.at = datetime(2026, 1, 4, 9, tzinfo=UTC) + timedelta(seconds=seconds)
            await whose(database, key)
            assert await used() == datetime(2026, 1, 4, 9, tzinfo=UTC) + timedelta(seconds=noted)


@pytest.mark.parametrize("wrong", ["", "tws_", "tws_" + "x" * 43, "TWS_", "\ud800"])
async def test_other_texts_are_no_keys(database: Database, wrong: str) -> None:
    key = await create(database, "erp")
    assert await whose(database, wrong) is None
    assert await whose(database, key.removeprefix("tws_")) is None
    assert await whose(database, key + " ") is None


async def test_a_revoked_key_opens_nothing_and_others_go_on(database: Database) -> None:
    key, other = await create(database, "erp"), await create(database, "crm")
    for _ in range(2):
        async with database.transaction() as session:
            await revoke_key(session, "erp", actor="cli")
    assert await whose(database, key) is None
    assert await whose(database, other) == "crm"
    async with database.transaction() as session:
        actions = list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["key.create", "key.create", "key.revoke"]


async def test_a_name_is_taken_once_even_at_once(database: Database) -> None:
    outcomes = await asyncio.gather(*(create(database, "erp") for _ in range(3)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conflict", "str"]
    with pytest.raises(Conflict):
        await create(database, "erp")
    async with database.transaction() as session:
        assert len(list(await session.scalars(select(ApiKey)))) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
async def test_names_that_cannot_be(database: Database, name: str) -> None:
    with pytest.raises(InvalidInput):
        await create(database, name)


async def test_an_unknown_name_cannot_be_revoked(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await revoke_key(session, "erp", actor="cli")

import asyncio

import pytest
from sqlalchemy import select

from contact_center.accounts import audit, queries, service, sessions
from contact_center.accounts.first_admin import FirstAdmin, create_first_admin
from contact_center.accounts.models import Account, AuditEntry
from contact_center.accounts.passwords import matches
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound


async def trail(database: Database) -> list[tuple[str, str, str]]:
    async with database.transaction() as session:
        entries = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.action, entry.subject) for entry in entries]


async def create(database: Database, username: str = "fatima", role: str = "agent", **more: str) -> tuple[Account, str]:
    async with database.transaction() as session:
        return await service.create_account(session, username, role, actor="cli", **more)


async def test_a_new_account(database: Database) -> None:
    account, password = await create(database, " Fatima ", display_name=" فاطمة ")
    assert (account.username, account.display_name, account.role) == ("fatima", "فاطمة", "agent")
    assert (account.agency, account.disabled_at, account.on_duty) == (None, None, False)
    assert matches(password, account.password_hash)
    assert await trail(database) == [("cli", "account.create", "fatima")]


async def test_an_officer_belongs_to_an_agency(database: Database) -> None:
    account, _ = await create(database, "omar", "officer", agency="works", password="a password of mine")
    assert account.agency == "works"
    assert matches("a password of mine", account.password_hash)


@pytest.mark.parametrize(
    ("username", "role", "more"),
    [
        ("a", "agent", {}),
        ("two words", "agent", {}),
        ("<script>", "agent", {}),
        ("x" * 41, "agent", {}),
        ("omar", "king", {}),
        ("omar", "officer", {}),
        ("omar", "supervisor", {}),
        ("omar", "head", {}),
        ("omar", "admin", {"agency": "works"}),
        ("omar", "officer", {"agency": "nobody"}),
        ("omar", "agent", {"agency": "works"}),
        ("omar", "agent", {"password": "short"}),
    ],
)
async def test_accounts_that_cannot_be(database: Database, username: str, role: str, more: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        await create(database, username, role, **more)
    assert await trail(database) == []


async def test_a_name_is_taken_once_even_at_once(database: Database) -> None:
    outcomes = await asyncio.gather(
        *(create(database, name) for name in ("Omar", "omar", "OMAR")), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conflict", "tuple"]
    assert len(await trail(database)) == 1


async def test_a_reset_changes_the_password_and_ends_all_sessions(database: Database) -> None:
    account, old = await create(database)
    async with database.transaction() as session:
        token = await sessions.start(session, account)
    async with database.transaction() as session:
        new = await service.reset_password(session, "FATIMA", actor="account:admin")
    async with database.transaction() as session:
        stored = await queries.account_named(session, "fatima")
        assert stored is not None
        assert matches(new, stored.password_hash)
        assert not matches(old, stored.password_hash)
        assert await sessions.find(session, token) is None
    assert (await trail(database))[-1] == ("account:admin", "account.reset_password", "fatima")


async def test_a_reset_to_a_weak_password_changes_nothing(database: Database) -> None:
    _, password = await create(database)
    async with database.transaction() as session:
        with pytest.raises(InvalidInput):
            await service.reset_password(session, "fatima", actor="cli", password="short")
    async with database.transaction() as session:
        stored = await queries.account_named(session, "fatima")
        assert stored is not None
        assert matches(password, stored.password_hash)


async def test_the_last_administrator_stays_even_if_two_disable_each_other(database: Database) -> None:
    for name in ("adel", "mona"):
        await create(database, name, "admin")

    async def disabled(name: str) -> None:
        async with database.transaction() as session:
            await service.disable_account(session, name, actor="cli")

    outcomes = await asyncio.gather(disabled("adel"), disabled("mona"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "NoneType"]
    await create(database, "third", "admin")
    for name in ("adel", "mona"):
        await disabled(name)


async def test_a_disabled_account_is_shut_out_at_once(database: Database) -> None:
    account, _ = await create(database)
    async with database.transaction() as session:
        token = await sessions.start(session, account)
        await service.set_duty(session, "fatima", on=True, actor="cli")
    for _ in range(2):
        async with database.transaction() as session:
            await service.disable_account(session, "fatima", actor="cli")
    async with database.transaction() as session:
        stored = await session.get_one(Account, account.id)
        assert stored.disabled_at is not None
        assert not stored.on_duty
        assert await sessions.find(session, token) is None
        with pytest.raises(Conflict):
            await service.set_duty(session, "fatima", on=True, actor="cli")
    assert [action for _, action, _ in await trail(database)] == [
        "account.create",
        "account.duty",
        "account.disable",
    ]


async def test_on_and_off_duty(database: Database) -> None:
    account, _ = await create(database)
    for on in (True, False):
        async with database.transaction() as session:
            await service.set_duty(session, "fatima", on=on, actor="cli")
        async with database.transaction() as session:
            assert (await session.get_one(Account, account.id)).on_duty is on


async def test_what_is_not_there_is_not_found(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await service.reset_password(session, "nobody", actor="cli")
        with pytest.raises(NotFound):
            await service.disable_account(session, "nobody", actor="cli")
        with pytest.raises(NotFound):
            await service.set_duty(session, "nobody", on=True, actor="cli")


async def test_the_first_administrator_is_made_once_even_at_once(database: Database) -> None:
    async def first() -> FirstAdmin | None:
        async with database.transaction() as session:
            return await create_first_admin(session)

    (made,) = [outcome for outcome in await asyncio.gather(*(first() for _ in range(4))) if outcome]
    async with database.transaction() as session:
        (account,) = await queries.accounts(session)
    assert (account.username, account.role) == (made.username, "admin")
    assert matches(made.password, account.password_hash)
    assert await first() is None


async def test_where_there_are_accounts_no_administrator_appears(database: Database) -> None:
    await create(database)
    async with database.transaction() as session:
        assert await create_first_admin(session) is None


async def test_the_trail_tells_of_what_was_committed_only(database: Database) -> None:
    async with database.transaction() as session:
        await audit.record(session, "account:ali", "case.reply", "26-1234-5675", close=True)
    async with database.transaction() as session:
        await audit.record(session, "account:ali", "case.reply", "25-0000-0019")
        await session.rollback()
    async with database.transaction() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.subject, entry.data) == ("26-1234-5675", {"close": True})
    assert entry.at.tzinfo is not None

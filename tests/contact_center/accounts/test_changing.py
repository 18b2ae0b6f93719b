"""Accounts that are changed: by administrators, and one's own password."""

import asyncio

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from contact_center.accounts import queries, service, sessions
from contact_center.accounts.changing import Place, change_account, choose_password, enable_account
from contact_center.accounts.models import Account, AuditEntry
from contact_center.accounts.passwords import matches
from contact_center.accounts.sign_in import MAX_PER_USERNAME
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound, TooMany

PASSWORD, OTHER = "a password of mine", "another password of mine"
OFFICER = Place("Omar", "officer", "works", None)


@pytest.fixture(autouse=True)
async def accounts(database: Database) -> None:
    async with database.transaction() as session:
        await service.create_account(session, "adel", "admin", actor="cli", password=PASSWORD)
        await service.create_account(
            session, "omar", "officer", actor="cli", agency="works", password=PASSWORD, display_name="Omar"
        )


async def change(database: Database, username: str, place: Place) -> bool:
    async with database.transaction() as session:
        return await change_account(session, username, place, actor="account:adel")


async def stored(database: Database, username: str) -> Account:
    async with database.transaction() as session:
        found = await queries.account_named(session, username)
    assert found
    return found


async def changes(database: Database) -> list[dict[str, object]]:
    async with database.transaction() as session:
        made = select(AuditEntry.data).where(AuditEntry.action == "account.change").order_by(AuditEntry.id)
        return list(await session.scalars(made))


async def test_what_is_different_is_changed_and_noted(database: Database) -> None:
    assert await change(database, "Omar", Place(" عمر ", "head", "ewa", " Omar@Gov.bh "))
    omar = await stored(database, "omar")
    assert (omar.display_name, omar.role, omar.agency, omar.external_id) == ("عمر", "head", "ewa", "omar@gov.bh")
    assert await changes(database) == [
        {
            "display_name": ["Omar", "عمر"],
            "role": ["officer", "head"],
            "agency": ["works", "ewa"],
            "external_id": [None, "omar@gov.bh"],
        }
    ]


async def test_what_is_the_same_leaves_no_trace(database: Database) -> None:
    assert not await change(database, "omar", OFFICER)
    assert await changes(database) == []


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (Place("x", "king", None, None), "role"),
        (Place("x", "officer", None, None), "agency"),
        (Place("x", "officer", "nobody", None), "agency"),
        (Place("x", "agent", "works", None), "agency"),
        (Place("x", "auditor", "works", None), "agency"),
    ],
)
async def test_what_cannot_be_is_refused(database: Database, place: Place, why: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await change(database, "omar", place)
    assert refused.value.details["why"] == why
    assert await changes(database) == []


async def test_a_name_at_the_provider_is_one_accounts(database: Database) -> None:
    await change(database, "adel", Place("Adel", "admin", None, "a@gov.bh"))
    assert not await change(database, "adel", Place("Adel", "admin", None, "A@gov.bh"))
    with pytest.raises(Conflict) as refused:
        await change(database, "omar", Place("Omar", "officer", "works", "A@GOV.bh"))
    assert refused.value.details["why"] == "external_id"
    async with database.transaction() as session:
        found = await queries.account_named_outside(session, " A@Gov.BH ")
        assert found
        assert found.username == "adel"
        assert await queries.account_named_outside(session, "") is None


async def test_the_last_administrator_stays_one_even_if_two_demote_each_other(database: Database) -> None:
    demoted = Place("x", "agent", None, None)
    with pytest.raises(Conflict) as refused:
        await change(database, "adel", demoted)
    assert refused.value.details["why"] == "last_admin"
    async with database.transaction() as session:
        await service.create_account(session, "mona", "admin", actor="cli", password=PASSWORD)
    outcomes = await asyncio.gather(
        *(change(database, name, demoted) for name in ("adel", "mona")), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "bool"]


async def test_who_takes_no_calls_any_more_is_not_on_duty(database: Database) -> None:
    async with database.transaction() as session:
        await service.create_account(session, "amal", "agent", actor="cli", password=PASSWORD)
        await service.set_duty(session, "amal", on=True, actor="cli")
    await change(database, "amal", Place("Amal", "auditor", None, None))
    assert not (await stored(database, "amal")).on_duty


async def test_a_disabled_account_comes_back_once(database: Database) -> None:
    async with database.transaction() as session:
        await service.disable_account(session, "omar", actor="cli")
    for _ in range(2):
        async with database.transaction() as session:
            await enable_account(session, "omar", actor="account:adel")
    assert (await stored(database, "omar")).disabled_at is None
    async with database.transaction() as session:
        enabled = select(AuditEntry.id).where(AuditEntry.action == "account.enable")
        assert len(list(await session.scalars(enabled))) == 1
        with pytest.raises(NotFound):
            await enable_account(session, "nobody", actor="account:adel")


async def choose(database: Database, present: str, new: str, token: str = "") -> bool:
    omar = await stored(database, "omar")
    async with database.transaction() as session:
        return await choose_password(
            session, omar, present, new, token=token, address="203.0.113.1", actor="account:omar"
        )


async def test_ones_own_password_ends_other_sessions_and_is_temporary_no_more(database: Database) -> None:
    async with database.transaction() as session:
        temporary = await service.reset_password(session, "omar", actor="account:adel", temporary=True)
    omar = await stored(database, "omar")
    assert omar.password_temporary
    async with database.transaction() as session:
        here, there = await sessions.start(session, omar), await sessions.start(session, omar)
    assert await choose(database, temporary, OTHER, here)
    omar = await stored(database, "omar")
    assert matches(OTHER, omar.password_hash)
    assert not omar.password_temporary
    async with database.transaction() as session:
        assert await sessions.find(session, here)
        assert await sessions.find(session, there) is None


@pytest.mark.parametrize(("new", "error"), [("short", InvalidInput), (PASSWORD, InvalidInput)])
async def test_a_weak_or_the_same_password_changes_nothing(
    database: Database, new: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await choose(database, PASSWORD, new)
    assert matches(PASSWORD, (await stored(database, "omar")).password_hash)


async def test_guessing_the_present_one_is_slowed_down(database: Database) -> None:
    for _ in range(MAX_PER_USERNAME):
        assert not await choose(database, "a wrong guess at it", OTHER)
    with pytest.raises(TooMany):
        await choose(database, PASSWORD, OTHER)


@pytest.mark.parametrize(
    "wanted",
    [update(AuditEntry).values(actor="somebody else"), delete(AuditEntry), text("TRUNCATE audit_entries")],
    ids=["update", "delete", "truncate"],
)
async def test_the_trail_is_only_ever_added_to(database: Database, wanted: object) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"):
        async with database.transaction() as session:
            await session.execute(wanted)  # type: ignore[call-overload]

"""The database is the truth after the first load: what an upgrade adds, changes, and leaves alone."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from alembic import command
from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.term import Term
from contact_center.configuration import shipped
from contact_center.configuration.changes import Wanted, apply
from contact_center.configuration.kinds import KINDS
from contact_center.configuration.models import ConfigurationChange
from contact_center.configuration.tables import entry
from contact_center.database import Database
from contact_center.migrations import alembic_config


def with_agency(known: Catalogue, code: str, **different: Any) -> Catalogue:
    return replace(known, agencies={**known.agencies, code: replace(known.agencies[code], **different)})


def with_category(known: Catalogue, code: str, **different: Any) -> Catalogue:
    return replace(known, categories={**known.categories, code: replace(known.categories[code], **different)})


async def administrator_sets(session: AsyncSession, kind: str, code: str, **fields: Any) -> None:
    values = await entry(session, KINDS[kind], code)
    assert values is not None
    await apply(session, [Wanted(kind, code, {**values, **fields})], "account:adel", "change")


async def history(session: AsyncSession) -> list[tuple[str, str, str]]:
    found = await session.scalars(select(ConfigurationChange).order_by(ConfigurationChange.number))
    return [(change.actor, change.kind, change.code) for change in found]


async def test_the_first_load_begins_the_history(database: Database) -> None:
    async with database.transaction() as session:
        assert await history(session) == []
        assert (await queries.catalogue(session)).fallback_agency == "iga"
        assert (await queries.catalogue(session)).named == catalogue().named


async def test_an_upgrade_changes_what_no_administrator_ever_changed(database: Database) -> None:
    newer = with_agency(catalogue(), "ewa", term=Term(4), name_en="Electricity")
    newer = with_agency(newer, "works", term=Term(4), name_en="Roads")
    async with database.transaction() as session:
        await administrator_sets(session, "agency", "ewa", term="9")
    async with database.transaction() as session:
        await shipped.load(session, newer)
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        assert (known.agencies["ewa"].term, known.agencies["ewa"].name_en) == (
            Term(9),
            "Electricity and Water Authority",
        )
        assert (known.agencies["works"].term, known.agencies["works"].name_en) == (Term(4), "Roads")
        assert await history(session) == [("account:adel", "agency", "ewa"), ("system", "agency", "works")]
        await shipped.load(session, newer)
        assert len(await history(session)) == 2


async def test_what_an_upgrade_changed_a_later_one_may_change_again(database: Database) -> None:
    for days in (4, 5):
        async with database.transaction() as session:
            await shipped.load(session, with_agency(catalogue(), "works", term=Term(days)))
    async with database.transaction() as session:
        assert (await queries.catalogue(session)).agencies["works"].term == Term(5)


async def test_a_new_category_takes_its_place_and_no_other_moves(database: Database) -> None:
    known = catalogue()
    codes = list(known.categories)
    new = replace(known.categories["road.pothole"], code="road.tunnel", name_en="Tunnels")
    listed = {**dict(list(known.categories.items())[:3]), "road.tunnel": new, **known.categories}
    async with database.transaction() as session:
        await shipped.load(session, replace(known, categories=listed))
    async with database.transaction() as session:
        found = list((await queries.catalogue(session)).categories)
        assert found == [*codes[:3], "road.tunnel", *codes[3:]]
        assert await history(session) == [("system", "category", "road.tunnel")]


async def test_what_contradicts_an_administrators_change_is_left_out(database: Database) -> None:
    newer = with_category(catalogue(), "tourism.hotel", agency="btea", name_en="Hotels")
    newer = with_agency(newer, "works", name_en="Roads")
    async with database.transaction() as session:
        await administrator_sets(session, "category", "tourism.hotel", agency="iga")
        await administrator_sets(session, "agency", "btea", retired=True)
    added = replace(newer.categories["tourism.hotel"], code="tourism.beach")
    async with database.transaction() as session:
        await shipped.load(session, replace(newer, categories={**newer.categories, "tourism.beach": added}))
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        assert "tourism.beach" not in known.categories
        assert known.categories["tourism.hotel"].agency == "iga"
        assert known.agencies["works"].name_en == "Roads"


@pytest.fixture
def old(postgres: str) -> Iterator[str]:
    """A database as the version before this mechanism left it: its schema and its catalogue."""
    name = f"old_{secrets.token_hex(6)}"
    url = make_url(postgres).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        command.upgrade(alembic_config(url), "0015")
        _load_as_before(url)
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _load_as_before(url: str) -> None:
    known = catalogue()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO agencies (code, name_ar, name_en, term, escalate_at) "
            "VALUES (%s, %s, %s, %s, '[80, 100, 150]')",
            [(one.code, one.name_ar, one.name_en, str(one.term)) for one in known.agencies.values()],
        )
        cursor.executemany(
            "INSERT INTO governorates (code, name_ar, name_en, municipality, agency) VALUES (%s, %s, %s, %s, %s)",
            [(one.code, one.name_ar, one.name_en, one.municipality, one.agency) for one in known.governorates.values()],
        )
        cursor.executemany(
            "INSERT INTO categories (code, name_ar, name_en, agency, place, term, position) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (one.code, one.name_ar, one.name_en, one.agency, one.place, str(one.term) if one.term else None, place)
                for place, one in enumerate(known.categories.values())
            ],
        )


async def test_an_upgraded_database_has_what_stood_in_the_file(old: str) -> None:
    command.upgrade(alembic_config(old), "head")
    database = Database(old, pool_size=1)
    try:
        async with database.transaction() as session:
            assert (await queries.catalogue(session)) == catalogue()
            await shipped.load(session, catalogue())
        async with database.transaction() as session:
            known = await queries.catalogue(session)
            assert (known, known.fallback_agency, known.named) == (catalogue(), "iga", catalogue().named)
            # The hours of offices stood in a file: the one thing that this load has added.
            assert await history(session) == [("system", "hours", "offices")]
    finally:
        await database.close()


async def test_the_history_is_only_ever_added_to(database: Database) -> None:
    async with database.transaction() as session:
        await administrator_sets(session, "agency", "ewa", term="9")
    for statement in ("UPDATE configuration_changes SET actor = 'nobody'", "DELETE FROM configuration_changes"):
        with pytest.raises(Exception, match="only ever added to"):
            async with database.transaction() as session:
                await session.execute(text(statement))


def test_models_and_migrations_agree(database_url: str) -> None:
    command.check(alembic_config(database_url))

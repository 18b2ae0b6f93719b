"""The catalogue as a file: what is written reads back the same, and a file becomes one change, or none."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.agencies import queries
from contact_center.agencies.catalogue import catalogue, parse
from contact_center.agencies.checks import faults
from contact_center.agencies.entries import AgencyEntry, Catalogue, CategoryEntry, GovernorateEntry
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import Unit
from contact_center.configuration import catalogue_file, history, service
from contact_center.configuration.as_entries import wanted
from contact_center.configuration.changes import Refused
from contact_center.database import Database

ACTOR = "command_line"

CODES = st.from_regex(r"[a-z]{2,5}(-[a-z]{2,4})?", fullmatch=True)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30).filter(str.strip)
TERMS = st.builds(Term, st.integers(1, 99), st.sampled_from(Unit))
PERCENTS = st.lists(st.integers(1, 300), min_size=3, max_size=3).map(sorted).map(tuple)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Catalogues of a few agencies and categories, with names of any signs."""
    codes = draw(
        st.lists(st.from_regex(r"[a-z]{2,5}(-[a-z]{2,4})?", fullmatch=True), min_size=1, max_size=5, unique=True)
    )
    agencies = {
        code: AgencyEntry(
            code,
            draw(NAMES),
            draw(NAMES),
            draw(TERMS),
            draw(PERCENTS),
            joined=number == 0 or draw(st.booleans()),
            reopen_days=draw(st.integers(0, 60)),
            reopen_times=draw(st.integers(0, 5)),
            fallback=number == 0,
        )
        for number, code in enumerate(codes)
    }
    one_of = st.sampled_from(codes)
    categories = {
        f"{code}.{number}": CategoryEntry(
            f"{code}.{number}",
            draw(NAMES),
            draw(NAMES),
            draw(st.one_of(one_of, st.sampled_from(["@municipality", "@governorate"]))),
            draw(st.sampled_from(["required", "optional", "none"])),
            draw(st.none() | TERMS),
            float(number),
            named=draw(st.booleans()),
            retired=draw(st.booleans()),
        )
        for number, code in enumerate(draw(st.lists(one_of, max_size=6)))
    }
    governorate = GovernorateEntry("capital", draw(NAMES), draw(NAMES), draw(one_of), draw(one_of))
    return Catalogue({"capital": governorate}, agencies, categories)


@given(catalogues())
def test_what_is_written_reads_back_the_same(known: Catalogue) -> None:
    assert list(faults(known)) == []
    assert parse(catalogue_file.written(known)) == known


@given(catalogues())
def test_what_was_exported_wants_nothing_else_than_what_is_there(known: Catalogue) -> None:
    back = parse(catalogue_file.written(known))
    assert list(wanted(back, known)) == list(wanted(known, known))


def test_the_shipped_catalogue_is_its_own_copy() -> None:
    assert parse(catalogue_file.written(catalogue())) == catalogue()


async def take(database: Database, text: str) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        return [(one.kind, one.code) for one in await catalogue_file.take(session, text, actor=ACTOR)]


async def exported(database: Database) -> str:
    async with database.transaction() as session:
        return await catalogue_file.export(session)


async def test_export_then_import_changes_nothing(database: Database) -> None:
    text = await exported(database)
    assert await take(database, text) == []
    changed = text.replace("Ministry of Works, 10", "Ministry of Works, 12h").replace(
        "named: [", "named: [road.pothole, "
    )
    assert await take(database, changed) == [("agency", "works"), ("category", "road.pothole")]
    assert await take(database, await exported(database)) == []


async def test_a_file_is_one_change_and_undone_as_one(database: Database) -> None:
    before = await exported(database)
    lines = [line for line in before.splitlines() if not line.startswith(("  tourism.hotel:", "  youth.centre:"))]
    place = next(number for number, line in enumerate(lines) if line.startswith("  road.pavement:"))
    lines.insert(place, "  road.tunnel: [أنفاق, Tunnels, works, required, 6h]")
    changed = await take(database, "\n".join(lines))
    assert sorted(changed) == [
        ("category", "road.tunnel"),
        ("category", "tourism.hotel"),
        ("category", "youth.centre"),
    ]
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        assert list(known.categories)[1] == "road.tunnel"
        assert {code for code, one in known.categories.items() if one.retired} == {"tourism.hotel", "youth.centre"}
        (newest,), _ = await history.page(session)
    async with database.transaction() as session:
        await service.undo(session, newest.number, actor="account:adel")
    assert await exported(database) == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("agencies:", "agencies: [", "malformed"),
        ("fallback_agency: iga", "fallback_agency: nobody", "no_such_agency"),
        ("works, required, 7]", "nobody, required, 7]", "no_such_agency"),
        ("  capital: {", "  metropolis: {", "governorate_missing"),
        ("works, required, 7]", "works, perhaps, 7]", "no_such_place_rule"),
    ],
)
async def test_a_file_that_cannot_be_changes_nothing(database: Database, old: str, new: str, why: str) -> None:
    before = await exported(database)
    assert old in before
    with pytest.raises(Refused) as refused:
        await take(database, before.replace(old, new, 1))
    assert [fault.why for fault in refused.value.faults] == [why]
    assert await exported(database) == before


def test_order_in_a_file_is_order_in_lists() -> None:
    known = catalogue()
    first, *others = known.categories.values()
    turned: dict[str, Any] = {one.code: one for one in (*others, first)}
    entries = {
        one.code: one.after for one in wanted(replace(known, categories=turned), known) if one.kind == "category"
    }
    moved = {code for code, entry in entries.items() if entry and entry["position"] != known.categories[code].position}
    assert moved == {first.code}

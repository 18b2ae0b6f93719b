import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from contact_center.cases import lists, queries, service
from contact_center.cases.as_json import all_as_json, as_json
from contact_center.cases.lists import CaseFilters, Page
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.cases.reference import NotAReference, WrongCheckDigit, parse
from contact_center.database import Database
from contact_center.errors import InvalidInput

MakeCase = Callable[..., NewCase]
NO_ZONE = base64.urlsafe_b64encode(b"newest 0 2026-01-01T00:00:00 00000000-0000-0000-0000-000000000000").decode()
KEYS = (
    "reference type category agency description area block road building lat lon contact_name contact_phone channel "
    "status attachments rating created_at due_at assignee duplicate_of outcome praised follows times_reopened "
    "meant_for routing_since"
)


@pytest.fixture
async def five(database: Database, a_case: MakeCase, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Five cases, the last three filed at the same moment."""
    start = datetime(2026, 1, 4, 9, tzinfo=UTC)
    hours = iter([0, 1, 2, 2, 2])
    with monkeypatch.context() as patch:
        patch.setattr(service, "now", lambda: start + timedelta(hours=next(hours)))
        async with database.transaction() as session:
            forms = [
                a_case(),
                a_case(category="power.outage", description="الكهرباء طافية 100% من الصبح", channel="whatsapp"),
                a_case(contact_name="أحمد", contact_phone="+97339123456"),
                a_case(governorate="capital", area="الجفير", type="suggestion"),
                a_case(category="other.unclear", description="under_score"),
            ]
            cases = [await service.file(session, form) for form in forms]
    return cases


async def listed(database: Database, *arguments: object, **named: object) -> list[str]:
    async with database.transaction() as session:
        page = await lists.list_cases(session, *arguments, **named)  # type: ignore[arg-type]
        return [case.reference for case in page.cases]


async def test_newest_first_and_whole(database: Database, five: list[Case]) -> None:
    newest = sorted(five, key=lambda case: (case.created_at, case.id), reverse=True)
    assert await listed(database) == [case.reference for case in newest]
    assert await listed(database, page=Page(limit=None)) == [case.reference for case in newest]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
async def test_pages_hold_every_case_once_in_order(database: Database, five: list[Case], limit: int) -> None:
    found: list[str] = []
    after: str | None = None
    while True:
        async with database.transaction() as session:
            page = await lists.list_cases(session, page=Page(limit, after))
        assert len(page.cases) <= limit
        found += [case.reference for case in page.cases]
        after = page.next
        if after is None:
            break
    assert found == await listed(database)
    assert len(five) == len(set(found))


@pytest.mark.parametrize(
    ("filters", "which"),
    [
        (CaseFilters(agency="mun-muharraq"), {0, 2}),
        (CaseFilters(category="power.outage"), {1}),
        (CaseFilters(channel="whatsapp"), {1}),
        (CaseFilters(type="suggestion"), {3}),
        (CaseFilters(status="received"), {0, 1, 2, 3, 4}),
        (CaseFilters(status="closed"), set()),
        (CaseFilters(agency="mun-muharraq", channel="whatsapp"), set()),
    ],
)
async def test_filters(database: Database, five: list[Case], filters: CaseFilters, which: set[int]) -> None:
    assert set(await listed(database, filters)) == {five[n].reference for n in which}


@pytest.mark.parametrize(
    ("search", "which"),
    [
        ("الزباله", {0, 2, 3}),
        ("طافيه الكهرباء", {1}),
        ("احمد", {2}),
        ("3912 3456", {2}),
        ("الجفير", {3}),
        ("100%", {1}),
        ("%", {0, 1, 2, 3, 4}),  # no letters or digits: no search
        ("100%الصبح", {1}),  # signs part words
        ("الص%ح", set()),  # and are no wildcards
        ("under_score", {4}),
        ("under.score", set()),
        ("  ", {0, 1, 2, 3, 4}),
    ],
)
async def test_search(database: Database, five: list[Case], search: str, which: set[int]) -> None:
    assert set(await listed(database, search=search)) == {five[n].reference for n in which}


async def test_search_by_reference_and_with_a_filter(database: Database, five: list[Case]) -> None:
    assert await listed(database, search=five[3].reference.replace("-", " ")) == [five[3].reference]
    assert await listed(database, CaseFilters(channel="whatsapp"), "الزبالة") == []


@pytest.mark.parametrize("after", ["", "x", "🙂", "YWJj", NO_ZONE])
async def test_a_page_address_that_is_none_is_refused(database: Database, after: str) -> None:
    with pytest.raises(InvalidInput):
        await listed(database, page=Page(after=after))


async def test_by_reference(database: Database, five: list[Case]) -> None:
    async with database.transaction() as session:
        for reference in (five[2].reference, five[2].reference.replace("-", ""), parse(five[2].reference)):
            found = await queries.by_reference(session, reference)
            assert found is not None
            assert found.id == five[2].id
        assert await queries.by_reference(session, "26-1234-5675") is None
        with pytest.raises(WrongCheckDigit):
            await queries.by_reference(session, "26-1234-5676")
        with pytest.raises(NotAReference):
            await queries.by_reference(session, "hello")


async def test_json_has_exactly_the_keys_that_outsiders_know(database: Database, five: list[Case]) -> None:
    async with database.transaction() as session:
        shown = await as_json(session, five[2])
    assert list(shown) == KEYS.split()
    assert shown["contact_phone"] == "+97339123456"
    assert shown["attachments"] == []
    assert datetime.fromisoformat(shown["created_at"]) == five[2].created_at
    assert datetime.fromisoformat(shown["due_at"]) == five[2].due_at


async def test_many_cases_take_one_query_for_the_list_and_one_for_their_files(
    database: Database, five: list[Case]
) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.transaction() as session:
        page = await lists.list_cases(session)
        shown = await all_as_json(session, page.cases)
    assert [case["reference"] for case in shown] == [case.reference for case in page.cases]
    assert len(shown) == len(five)
    assert len(statements) == 2

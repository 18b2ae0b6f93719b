"""The queue: what is open, by deadline; those that wait for the citizen last; page by page, by an index."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update

from contact_center.cases import service
from contact_center.cases.lists import CaseFilters, Page, list_cases
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.cases.paging import Order
from contact_center.clock import now
from contact_center.database import Database
from contact_center.errors import InvalidInput

Form = Callable[..., NewCase]
OPEN = CaseFilters(status="open")


@pytest.fixture
async def six(database: Database, a_case: Form) -> list[Case]:
    """Due in 3, 1, 2, 2 and 0 days; the last but one waits for its citizen, one more has ended."""
    start = now()
    async with database.transaction() as session:
        cases = [await service.file(session, a_case(description=f"زبالة {n}")) for n in range(6)]
        for case, days in zip(cases, (3, 1, 2, 2, 0, 0), strict=True):
            await session.execute(update(Case).where(Case.id == case.id).values(due_at=start + timedelta(days=days)))
        await service.set_status(session, cases[4], "waiting", actor="key:x")
        await service.set_status(session, cases[5], "closed", actor="key:x")
    return cases


async def test_what_is_due_first_is_on_top_and_stopped_clocks_are_last(database: Database, six: list[Case]) -> None:
    async with database.transaction() as session:
        page = await list_cases(session, OPEN, page=Page(order=Order.DUE))
    same_day = sorted((six[2], six[3]), key=lambda case: case.id)
    assert [case.id for case in page.cases] == [case.id for case in (six[1], *same_day, six[0], six[4])]
    assert page.next is None


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
async def test_its_pages_hold_every_case_once(database: Database, six: list[Case], limit: int) -> None:
    found, after = [], None
    for _ in range(9):
        async with database.transaction() as session:
            page = await list_cases(session, OPEN, page=Page(limit, after, Order.DUE))
        found += [case.id for case in page.cases]
        after = page.next
        if after is None:
            break
    async with database.transaction() as session:
        whole = await list_cases(session, OPEN, page=Page(None, order=Order.DUE))
    assert len(set(found)) == len(six) - 1
    assert found == [case.id for case in whole.cases]


async def test_a_page_of_one_order_is_none_of_another(database: Database, six: list[Case]) -> None:
    async with database.transaction() as session:
        page = await list_cases(session, page=Page(1, order=Order.DUE))
        with pytest.raises(InvalidInput):
            await list_cases(session, page=Page(1, page.next))


async def test_it_is_read_from_an_index(database: Database, six: list[Case]) -> None:
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append((arguments[2], arguments[3]))

    async with database.transaction() as session:
        for way in ("seqscan", "bitmapscan"):  # few rows are read whole, whatever the index
            await session.execute(text(f"SET LOCAL enable_{way} = off"))
        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        first = await list_cases(session, OPEN, page=Page(2, order=Order.DUE))
        await list_cases(session, OPEN, page=Page(2, first.next, Order.DUE))
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        connection = await session.connection()
        for statement, parameters in asked:
            plan = "\n".join((await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)).scalars())
            assert "ix_cases_open_by_deadline" in plan
            assert "Sort" not in plan
    assert len(asked) == 2

"""Lists of cases: what filters and a search leave, in an order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, cast, func, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.cases.paging import Cursor, Order
from contact_center.cases.praise import OUT_OF_USE
from contact_center.cases.search import search_ways
from contact_center.clock import BAHRAIN, now

Due = Literal["today", "overdue"]
Filed = Literal["today"]


@dataclass(frozen=True)
class CaseFilters:
    """Which cases to list; None: any. `status`: one of `Status`, or `open`: all that wait for something."""

    agency: str | None = None
    category: str | None = None
    channel: str | None = None
    status: str | None = None
    type: str | None = None
    assignee: str | None = None
    """A username."""
    due: Due | None = None
    """Open cases that are due later today, or that are overdue; in Bahrain."""
    filed: Filed | None = None
    passed_on: bool | None = None
    """Of compliments: those that reached the person they are about, or those that are yet to."""


@dataclass(frozen=True)
class Page:
    """Which part of a list: at most `limit` cases (None: all), those after `after` (`CasePage.next`)."""

    limit: int | None = 50
    after: str | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class CasePage:
    """Cases in their order; `next` asks for the following page, None at the end."""

    cases: Sequence[Case]
    next: str | None


async def list_cases(
    session: AsyncSession,
    filters: CaseFilters = CaseFilters(),
    search: str | None = None,
    page: Page = Page(),
) -> CasePage:
    """Those that `filters` leave and whose words hold every term of `search`. One query.

    Search looks at reference, phone, name, place and description in one spelling (Arabic letters, digits, case).
    Raises `InvalidInput` for a page address that is none.
    """
    wanted = _in_order(select(Case).where(*conditions(filters), *_found(search)), page)
    cases = list(await session.scalars(wanted))
    if page.limit is None or len(cases) <= page.limit:
        return CasePage(cases, None)
    shown = cases[: page.limit]
    return CasePage(shown, _end(shown[-1], page.order).encode())


def conditions(filters: CaseFilters) -> list[ColumnElement[bool]]:
    """What the filters ask of a case, for the database."""
    same = ("agency", "category", "channel", "type", "assignee")
    asked = [getattr(Case, name) == getattr(filters, name) for name in same if getattr(filters, name) is not None]
    if filters.status not in (None, "open"):
        asked.append(Case.status == filters.status)
    if filters.status == "open" or filters.due:
        asked.append(Case.status.in_(sorted(OPEN)))
    if filters.passed_on is not None:
        asked.append(Case.passed_on_at.is_not(None) if filters.passed_on else _to_be_passed_on())
    return asked + in_time(filters)


def _to_be_passed_on() -> ColumnElement[bool]:
    return and_(Case.passed_on_at.is_(None), Case.status.not_in(sorted(OUT_OF_USE)))


def in_time(filters: CaseFilters) -> list[ColumnElement[bool]]:
    """What `due` and `filed` ask of an open case."""
    at = now()
    today = datetime.combine(at.astimezone(BAHRAIN).date(), time.min, BAHRAIN)
    asked: list[ColumnElement[bool]] = []
    if filters.due == "overdue":
        asked.append(Case.due_at < func.coalesce(Case.clock_stopped_at, at))
    elif filters.due == "today":
        asked += [Case.clock_stopped_at.is_(None), Case.due_at.between(at, today + timedelta(days=1))]
    if filters.filed == "today":
        asked.append(Case.created_at >= today)
    return asked


def _in_order(wanted: Select[Case], page: Page) -> Select[Case]:
    last = None if page.after is None else Cursor.decode(page.after, page.order)
    if page.order == Order.DUE:
        stopped, wanted = Case.clock_stopped_at.is_not(None), wanted.where(Case.due_at.is_not(None))
        if last:
            wanted = wanted.where(tuple_(stopped, Case.due_at, Case.id) > (last.stopped, last.at, last.id))
        wanted = wanted.order_by(stopped, Case.due_at, Case.id)
    else:
        if last:
            wanted = wanted.where(tuple_(Case.created_at, Case.id) < (last.at, last.id))
        wanted = wanted.order_by(Case.created_at.desc(), Case.id.desc())
    return wanted if page.limit is None else wanted.limit(page.limit + 1)


def _end(case: Case, order: Order) -> Cursor:
    if order == Order.DUE and case.due_at is not None:
        return Cursor(order, case.due_at, case.id, case.clock_stopped_at is not None)
    return Cursor(order, case.created_at, case.id)


def _found(search: str | None) -> list[ColumnElement[bool]]:
    ways = search_ways(search or "")
    either = " | ".join(f"({' & '.join(map(_beginning, terms))})" for terms in ways)
    return [Case.search_vector.bool_op("@@")(cast(either, TSQUERY))] if ways else []


def _beginning(term: str) -> str:
    """A word that begins so, as PostgreSQL asks for it; terms hold letters, digits and underscores only."""
    return f"'{term}':*"

"""The console's reads of many cases: a page of a list, the figures of the day, a caller's cases, a call's cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.cases.paging import Cursor
from contact_center.cases.queries import CasePage
from contact_center.cases.search import search_terms
from contact_center.clock import BAHRAIN

PAGE = 30
Due = Literal["today", "overdue"]


@dataclass(frozen=True)
class Wanted:
    """Which cases to list; None: any. `status`: one of `Status`, or `open`: all that wait for something."""

    agency: str | None = None
    category: str | None = None
    channel: str | None = None
    status: str | None = None
    due: Due | None = None
    filed: Literal["today"] | None = None
    search: str = ""


@dataclass(frozen=True)
class Figures:
    """How many cases are open, of these due later today and overdue, and how many were filed today (in Bahrain)."""

    open: int
    due_today: int
    overdue: int
    filed_today: int


async def page_of(session: AsyncSession, wanted: Wanted, now: datetime, after: str | None = None) -> CasePage:
    """The newest cases, or those after the page that ended at `after`. Raises `InvalidInput` for no page's address."""
    cases = select(Case).where(*_conditions(wanted, now))
    if after:
        last = Cursor.decode(after)
        cases = cases.where(tuple_(Case.created_at, Case.id) < (last.created_at, last.id))
    newest = cases.order_by(Case.created_at.desc(), Case.id.desc()).limit(PAGE + 1)
    found = list(await session.scalars(newest))
    shown = found[:PAGE]
    more = len(found) > PAGE
    return CasePage(shown, Cursor(shown[-1].created_at, shown[-1].id).encode() if more else None)


async def figures(session: AsyncSession, agency: str | None, now: datetime) -> Figures:
    """The figures of one agency, or of all. One query."""
    wanted = (
        Wanted(agency, status="open"),
        Wanted(agency, due="today"),
        Wanted(agency, due="overdue"),
        Wanted(agency, filed="today"),
    )
    count = select(func.count()).select_from(Case)
    counts = [count.where(*_conditions(each, now)).scalar_subquery() for each in wanted]
    return Figures(*(await session.execute(select(*counts))).one())


async def next_due(session: AsyncSession, agency: str | None, now: datetime, limit: int = 8) -> Sequence[Case]:
    """The open cases whose time runs out first, or ran out longest ago; compliments have none."""
    waiting = select(Case).where(*_conditions(Wanted(agency, status="open"), now), Case.due_at.is_not(None))
    return list(await session.scalars(waiting.order_by(Case.due_at, Case.id).limit(limit)))


async def of_caller(session: AsyncSession, phone: str | None, limit: int = 5) -> Sequence[Case]:
    """The newest cases that give this phone (E.164) as the contact's."""
    if phone is None:
        return []
    theirs = select(Case).where(Case.contact_phone == phone).order_by(Case.created_at.desc(), Case.id.desc())
    return list(await session.scalars(theirs.limit(limit)))


async def filed_in(session: AsyncSession, conversation_id: UUID) -> Sequence[Case]:
    """The cases filed from a conversation, oldest first."""
    return list(
        await session.scalars(select(Case).where(Case.conversation_id == conversation_id).order_by(Case.created_at))
    )


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    same = {"agency": wanted.agency, "category": wanted.category, "channel": wanted.channel}
    conditions = [getattr(Case, name) == value for name, value in same.items() if value]
    if wanted.status and wanted.status != "open":
        conditions.append(Case.status == wanted.status)
    if wanted.status == "open" or wanted.due:
        conditions.append(Case.status.in_(sorted(OPEN)))
    today = datetime.combine(now.astimezone(BAHRAIN).date(), time.min, BAHRAIN)
    if wanted.due == "overdue":
        conditions.append(Case.due_at < func.coalesce(Case.clock_stopped_at, now))
    elif wanted.due == "today":
        conditions += [Case.clock_stopped_at.is_(None), Case.due_at.between(now, today + timedelta(days=1))]
    if wanted.filed == "today":
        conditions.append(Case.created_at >= today)
    conditions += [Case.search_text.contains(term, autoescape=True) for term in search_terms(wanted.search)]
    return conditions

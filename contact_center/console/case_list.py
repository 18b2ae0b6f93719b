"""The console's reads of many cases: the figures of the day, a caller's cases, a call's cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lists import CaseFilters, conditions, in_time
from contact_center.cases.models import Case

PAGE = 30
"""Cases on one page of the list."""


@dataclass(frozen=True)
class Figures:
    """How many cases are open, of these due later today and overdue, and how many were filed today (in Bahrain)."""

    open: int
    due_today: int
    overdue: int
    filed_today: int


async def figures(session: AsyncSession, agency: str | None) -> Figures:
    """The figures of one agency, or of all. One query, by the index of open cases."""
    due_today = func.count().filter(*in_time(CaseFilters(due="today")))
    overdue = func.count().filter(*in_time(CaseFilters(due="overdue")))
    filed = select(func.count()).select_from(Case).where(*conditions(CaseFilters(agency, filed="today")))
    counted = select(func.count(), due_today, overdue, filed.scalar_subquery()).select_from(Case)
    open_ = conditions(CaseFilters(agency, status="open"))
    return Figures(*(await session.execute(counted.where(*open_))).one())


async def of_caller(session: AsyncSession, phone: str | None, limit: int = 5) -> Sequence[Case]:
    """The newest cases that give this phone (E.164) as the contact's."""
    if phone is None:
        return []
    theirs = select(Case).where(Case.contact_phone == phone).order_by(Case.created_at.desc(), Case.id.desc())
    return list(await session.scalars(theirs.limit(limit)))

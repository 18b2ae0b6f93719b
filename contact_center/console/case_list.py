"""The console's reads of many cases: the figures of the day, a caller's cases, a call's cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lists import CaseFilters, conditions
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
    """The figures of one agency, or of all. One query."""
    wanted = (
        CaseFilters(agency, status="open"),
        CaseFilters(agency, due="today"),
        CaseFilters(agency, due="overdue"),
        CaseFilters(agency, filed="today"),
    )
    count = select(func.count()).select_from(Case)
    counts = [count.where(*conditions(each)).scalar_subquery() for each in wanted]
    return Figures(*(await session.execute(select(*counts))).one())


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

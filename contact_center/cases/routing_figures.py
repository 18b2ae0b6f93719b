"""Reads: what waits to be routed on, and how long that took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Float, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.models import Agency
from contact_center.cases.models import ROUTED, Case, CaseEvent


@dataclass(frozen=True)
class RoutingFigures:
    """The queue: how many wait now, and of those that left it in a period how many, and the working hours in it."""

    waiting: int
    left: int
    median_hours: float | None
    p95_hours: float | None
    """The time that 95 per cent did not exceed; both None where none left."""


async def waiting(session: AsyncSession, limit: int) -> Sequence[Case]:
    """The cases that have waited longest."""
    longest = select(Case).where(Case.routing_since.is_not(None)).order_by(Case.routing_since, Case.id)
    return (await session.scalars(longest.limit(limit))).all()


async def how_many_wait(session: AsyncSession) -> int:
    """How many wait now."""
    return await session.scalar(select(func.count()).where(Case.routing_since.is_not(None))) or 0


async def figures(session: AsyncSession, since: datetime, until: datetime) -> RoutingFigures:
    """The queue now, and what left it from `since` on and before `until` (aware)."""
    hours = CaseEvent.data["hours"].astext.cast(Float)
    shares = [func.percentile_cont(share).within_group(hours) for share in (0.5, 0.95)]
    left = select(func.count(), *shares).where(CaseEvent.kind == ROUTED, CaseEvent.at >= since, CaseEvent.at < until)
    return RoutingFigures(await how_many_wait(session), *(await session.execute(left)).one())


async def have_joined(session: AsyncSession) -> Mapping[str, int]:
    """How many wait for each agency (by its code) that did not work here when they came, and does now."""
    theirs = select(Case.meant_for, func.count()).join(Agency, Agency.code == Case.meant_for)
    found = theirs.where(Case.routing_since.is_not(None), Agency.joined, ~Agency.retired).group_by(Case.meant_for)
    return {code: count for code, count in await session.execute(found) if code}


async def meant_for(session: AsyncSession, agency: str, limit: int) -> Sequence[str]:
    """The reference numbers of those that wait for one agency, the longest wait first."""
    theirs = select(Case.reference).where(Case.routing_since.is_not(None), Case.meant_for == agency)
    return (await session.scalars(theirs.order_by(Case.routing_since, Case.id).limit(limit))).all()

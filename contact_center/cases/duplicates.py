"""Is the same thing filed already? Open cases like a draft, before it becomes one more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.likeness import NEAR_METRES, likeness, metres, same_matter, same_thing
from contact_center.cases.models import Case
from contact_center.cases.nearby import SAME_SPOT_METRES, candidates

TYPE = "complaint"
"""Only complaints are joined: thanks, ideas and questions are each person's own."""


@dataclass(frozen=True)
class Draft:
    """What is about to be filed, as far as it is compared (see `likeness.Located`)."""

    category: str
    description: str
    area: str | None = None
    block: str | None = None
    road: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Similar:
    """An open case about the same; `own`: the person who is filing filed or joined it."""

    case: Case
    own: bool


async def closest(session: AsyncSession, draft: Draft, identities: Collection[UUID] = ()) -> Similar | None:
    """The open complaint of the last 30 days that is most like a draft; None where there is none.

    `identities`: those of the person who files; their own case comes before any other. One query, by indexes.
    """
    near = candidates(draft, identities)
    if near is None:
        return None
    found = [Similar(case, own) for case, own in await session.execute(near)]
    return max((one for one in found if _fits(draft, one)), key=lambda one: _rank(draft, one), default=None)


async def alike(session: AsyncSession, case: Case, limit: int = 5) -> Sequence[Case]:
    """The open complaints that are probably about the same as one that is filed, the likeliest first. One query."""
    draft = Draft(**{part.name: getattr(case, part.name) for part in fields(Draft)})
    near = candidates(draft)
    if near is None or case.type != TYPE:
        return []
    found = {other.id: Similar(other, own=False) for other, _ in await session.execute(near)}
    fitting = [one for one in found.values() if one.case.id != case.id and _fits(draft, one)]
    return [one.case for one in sorted(fitting, key=lambda one: _rank(draft, one), reverse=True)[:limit]]


def _fits(draft: Draft, similar: Similar) -> bool:
    return (same_matter if similar.own else same_thing)(draft, similar.case)


def _rank(draft: Draft, similar: Similar) -> tuple[bool, bool, float, float, datetime]:
    """One's own first, then the same category, the nearer pin, the words that are more alike, the newer.

    `nearby` puts candidates in the same order before it leaves the rest out.
    """
    case = similar.case
    apart = metres(draft, case)
    steps = NEAR_METRES if apart is None else min(apart, NEAR_METRES)
    return (
        similar.own,
        case.category == draft.category,
        -(steps // SAME_SPOT_METRES),
        likeness(draft.description, case.description),
        case.created_at,
    )

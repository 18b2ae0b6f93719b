"""Is the same thing filed already? Open cases like a draft, before it becomes one more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lifecycle import OPEN
from contact_center.cases.likeness import NEAR_METRES, comparable, is_shared, likeness, metres, same_matter, same_thing
from contact_center.cases.models import Case, CaseFollower
from contact_center.clock import now

RECENT = timedelta(days=30)
TYPE = "complaint"
"""Only complaints are joined: thanks, ideas and questions are each person's own."""

_BOX_DEGREES = NEAR_METRES / 95_000
"""A little more than `NEAR_METRES`, north to south and, at 26° N, east to west."""
_MOST = 200
"""Candidates that are compared: the newest."""


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
    if not (identities or is_shared(draft.category)):
        return None
    rows = await session.execute(candidates(draft, identities))
    found = [Similar(row.Case, row.followed or row.Case.identity_id in identities) for row in rows]
    return max((one for one in found if _fits(draft, one)), key=lambda one: _rank(draft, one), default=None)


def candidates(draft: Draft, identities: Collection[UUID] = ()) -> Select[Case, bool]:
    """Open complaints that may be about the same, newest first, found by the indexes of place and person."""
    theirs = and_(CaseFollower.case_id == Case.id, CaseFollower.identity_id.in_(identities))
    followed = exists().where(theirs) if identities else false()
    places = _places(draft) if is_shared(draft.category) else []
    mine = [Case.identity_id.in_(identities)] if identities else []
    return (
        select(Case, followed.label("followed"))
        .where(
            Case.category.in_(comparable(draft.category)),
            Case.created_at > now() - RECENT,
            Case.status.in_(sorted(OPEN)),
            Case.type == TYPE,
            or_(false(), *places, *mine),
        )
        .order_by(Case.created_at.desc())
        .limit(_MOST)
    )


def _places(draft: Draft) -> Sequence[ColumnElement[bool]]:
    """The same block; pins around this one; the same area where neither says more."""
    places: list[ColumnElement[bool]] = []
    if draft.block:
        places.append(Case.block == draft.block)
    elif draft.area:
        places.append(and_(Case.area == draft.area, Case.block.is_(None)))
    if draft.lat is not None and draft.lon is not None:
        north, east = (Case.lat, draft.lat), (Case.lon, draft.lon)
        box = [column.between(at - _BOX_DEGREES, at + _BOX_DEGREES) for column, at in (north, east)]
        places.append(and_(*box))
    return places


def _fits(draft: Draft, similar: Similar) -> bool:
    return (same_matter if similar.own else same_thing)(draft, similar.case)


def _rank(draft: Draft, similar: Similar) -> tuple[bool, bool, float, float]:
    """One's own first, then the same category, the nearer pin, the words that are more alike."""
    case = similar.case
    apart = metres(draft, case)
    same_category = case.category == draft.category
    return (
        similar.own,
        same_category,
        -(NEAR_METRES if apart is None else apart),
        likeness(draft.description, case.description),
    )

"""Is the same thing filed already? Open cases like a draft, before it becomes one more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import catalogue
from contact_center.cases.likeness import NEAR_METRES, is_shared, likeness, metres, same_matter, same_thing
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

    @classmethod
    def of(cls, filled: Mapping[str, Any]) -> Self:
        """What a form holds, by slot name; it has a category."""
        texts = {name: filled.get(name) or None for name in ("area", "block", "road")}
        return cls(
            filled["category"],
            filled.get("description") or "",
            lat=filled.get("lat"),
            lon=filled.get("lon"),
            **texts,
        )


@dataclass(frozen=True)
class Similar:
    """An open case about the same; `own`: the person who is filing filed or joined it."""

    case: Case
    own: bool


async def closest(session: AsyncSession, draft: Draft, identities: Collection[UUID] = ()) -> Similar | None:
    """The open complaint of the last 30 days that is most like a draft; None where there is none.

    `identities`: those of the person who files; their own case comes before any other. By indexes.
    """
    return next(iter(await likeliest(session, draft, identities, 1)), None)


async def likeliest(session: AsyncSession, draft: Draft, identities: Collection[UUID], limit: int) -> Sequence[Similar]:
    """The same, as many as `limit`, the likeliest first."""
    near = candidates(draft, identities, shared=await _is_shared(session, draft))
    if near is None:
        return []
    found: dict[UUID, Similar] = {}
    for case, own in await session.execute(near):
        found[case.id] = Similar(case, own or (case.id in found and found[case.id].own))
    return list(islice(_ranked(draft, found.values()), limit))


async def alike(session: AsyncSession, case: Case, limit: int = 5) -> Sequence[Case]:
    """The open complaints that are probably about the same as one that is filed, the likeliest first."""
    draft = Draft(**{part.name: getattr(case, part.name) for part in fields(Draft)})
    near = candidates(draft, shared=await _is_shared(session, draft))
    if near is None or case.type != TYPE:
        return []
    found = {other.id: Similar(other, own=False) for other, _ in await session.execute(near)}
    others = [one for one in found.values() if one.case.id != case.id]
    return [one.case for one in islice(_ranked(draft, others), limit)]


async def _is_shared(session: AsyncSession, draft: Draft) -> bool:
    return is_shared((await catalogue(session)).categories.get(draft.category))


def _fits(draft: Draft, similar: Similar) -> bool:
    return (same_matter if similar.own else same_thing)(draft, similar.case)


def _ranked(draft: Draft, found: Iterable[Similar]) -> Iterator[Similar]:
    """Those that fit, the likeliest first. Words are compared only of those whose turn comes: that takes longest."""

    def place(one: Similar) -> tuple[bool, bool, float]:
        return _place(draft, one)

    def words(one: Similar) -> tuple[float, datetime]:
        return likeness(draft.description, one.case.description), one.case.created_at

    for _, equals in groupby(sorted(found, key=place, reverse=True), key=place):
        yield from sorted((one for one in equals if _fits(draft, one)), key=words, reverse=True)


def _place(draft: Draft, similar: Similar) -> tuple[bool, bool, float]:
    """One's own first, then the same category, then the nearer pin.

    Among equals come the words that are more alike, then the newer case. `nearby` puts candidates in the same order
    before it leaves the rest out.
    """
    apart = metres(draft, similar.case)
    steps = NEAR_METRES if apart is None else min(apart, NEAR_METRES)
    return similar.own, similar.case.category == draft.category, -(steps // SAME_SPOT_METRES)

"""Which open cases may be about the same as a draft: found, counted and put in order by the database.

However many there are after a storm, an index is read for the newest or nearest `_READ`, and `MOST` are compared.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, BIT
from sqlalchemy.orm import InstrumentedAttribute

from contact_center.cases.likeness import (
    ALIKE,
    METRES_PER_DEGREE,
    NEAR_METRES,
    Located,
    certain,
    comparable,
    reach_of,
)
from contact_center.cases.models import DEGREES_EAST, OPEN_COMPLAINT, PIN, Case, CaseFollower
from contact_center.cases.wording import SIGNATURE_BITS, signature
from contact_center.clock import now

RECENT = timedelta(days=30)
MOST = 40
"""Cases that are compared exactly: those that the rank of `duplicates`, as the database reckons it, puts first."""
SAME_SPOT_METRES = 25
"""Pins of one thing lie so far apart: a phone knows no better. Within such a step the words say more."""

_READ = 500
_THEIRS = 40
_ABOUT = 0.1
"""By about so much a signature may be wrong about how alike two texts are."""
_NEAR_DEGREES = NEAR_METRES / METRES_PER_DEGREE
_FARTHEST = NEAR_METRES // SAME_SPOT_METRES
_PIN: ColumnElement[Any] = literal_column(PIN)
_Condition = ColumnElement[bool]
_Found = Select[UUID, bool, str, float | None, float | None, str | None, datetime]


def candidates(draft: Located, identities: Collection[UUID] = (), *, shared: bool = True) -> Select[Case, bool] | None:
    """Open complaints of the last 30 days that may be about the same, each with whether it is a person's own.

    The most promising `MOST`, in no order, some perhaps twice. None where nothing is known by which to find any.
    `shared`: whether such a thing may be other people's too.
    """
    found = [*(_at_the_place(draft) if shared else ()), *_of_the_person(draft, identities)]
    if not found:
        return None
    rows = union_all(*found).subquery()
    pin = func.point(rows.c.lon * DEGREES_EAST, rows.c.lat)
    best = select(rows.c.id, rows.c.own).order_by(
        rows.c.own.desc(),
        (rows.c.category == draft.category).desc(),
        *([_steps(draft, pin)] if draft.lat is not None else []),
        _about_alike(draft, rows.c.wording).desc(),
        rows.c.created_at.desc(),
    )
    first = best.limit(MOST).subquery()
    return select(Case, first.c.own).join(first, first.c.id == Case.id)


def _at_the_place(draft: Located) -> Iterator[_Found]:
    others = [category for category in comparable(draft.category) if category != draft.category]
    if draft.lat is not None and draft.lon is not None:
        yield _around_the_pin(draft, Case.category == draft.category, *_worded(draft, "pin"))
        if others:
            yield _around_the_pin(draft, Case.category.in_(others), _worded_alike(draft))
    if draft.block or draft.area:
        yield _newest(Case.category == draft.category, *_by_name(draft))
        if others:
            yield _newest_of_each(draft, others)


def _around_the_pin(draft: Located, *conditions: _Condition) -> _Found:
    """The nearest first, by the index of pins."""
    box = func.box(_pin(draft, -_NEAR_DEGREES), _pin(draft, _NEAR_DEGREES))
    around = _found(own=False).where(sql("lat IS NOT NULL"), _PIN.op("<@")(box), *conditions)
    return around.order_by(_PIN.op("<->")(_pin(draft))).limit(_READ)


def _newest(*conditions: _Condition, own: bool = False, most: int = _READ) -> _Found:
    return _found(own=own).where(*conditions).order_by(Case.created_at.desc()).limit(most)


def _newest_of_each(draft: Located, categories: Sequence[str]) -> _Found:
    """As `_newest`, for each of `categories`: together they could not be read in the order of an index."""
    others = func.unnest(cast(categories, ARRAY(String))).table_valued("category", name="others").render_derived()
    each = _newest(Case.category == others.c.category, _named(draft), _worded_alike(draft)).lateral()
    return select(*each.c).select_from(others).join(each, sql("true"))


def _by_name(draft: Located) -> list[_Condition]:
    """What else holds for cases of the same category that were named the same place."""
    reach = reach_of(draft.category, draft.category)
    conditions = [_named(draft), *_worded(draft, "block" if draft.block else "area")]
    if draft.lat is not None and reach != "area":
        conditions.append(Case.lat.is_(None))  # two pins say it better than names
    if draft.block and draft.road and reach == "spot":
        conditions.append(or_(Case.road.is_(None), Case.road == draft.road))
    return conditions


def _named(draft: Located) -> _Condition:
    """The block; for a draft without one the area, of cases without one."""
    return Case.block == draft.block if draft.block else and_(Case.area == draft.area, Case.block.is_(None))


def _of_the_person(draft: Located, identities: Collection[UUID]) -> Iterator[_Found]:
    if not identities:
        return
    theirs = select(CaseFollower.case_id).where(CaseFollower.identity_id.in_(identities))
    for mine in (Case.identity_id.in_(identities), Case.id.in_(theirs)):
        yield _newest(Case.category.in_(comparable(draft.category)), mine, own=True, most=_THEIRS)


def _found(*, own: bool) -> _Found:
    """A case of those that may be the same, with what it is put in order by."""
    columns = (Case.id, literal(own).label("own"), Case.category, Case.lat, Case.lon, Case.wording, Case.created_at)
    return select(*columns).where(sql(OPEN_COMPLAINT), Case.created_at > now() - RECENT)


def _steps(draft: Located, pin: ColumnElement[Any]) -> ColumnElement[float]:
    """How far away a pin is, in steps of `SAME_SPOT_METRES`; what has none is as far as what is just near."""
    metres = pin.op("<->", return_type=Float())(_pin(draft)) * METRES_PER_DEGREE
    return func.coalesce(func.least(func.floor(metres / SAME_SPOT_METRES), _FARTHEST), _FARTHEST)


def _worded(draft: Located, near: str) -> list[_Condition]:
    """Where the category and such a nearness are not enough: only what is worded about alike."""
    return [] if certain(draft.category, draft.category, near) else [_worded_alike(draft)]


def _worded_alike(draft: Located) -> _Condition:
    return _about_alike(draft, Case.wording) >= ALIKE - _ABOUT


def _about_alike(
    draft: Located, wording: ColumnElement[Any] | InstrumentedAttribute[str | None]
) -> ColumnElement[float]:
    """`likeness` as the signatures have it; 0 where either text says too little."""
    words = signature(draft.description)
    both = func.bit_count(wording.op("&")(cast(literal(words, String), BIT(SIGNATURE_BITS))))
    fewer = func.least(func.bit_count(wording), words.count("1"))
    return func.coalesce(cast(both, Float) / cast(func.nullif(fewer, 0), Float), 0.0)


def _pin(draft: Located, beside: float = 0.0) -> ColumnElement[Any]:
    """A draft's pin, in degrees as long as those to the north; `beside` it to the north-east by so many."""
    return func.point((draft.lon or 0.0) * DEGREES_EAST + beside, (draft.lat or 0.0) + beside)

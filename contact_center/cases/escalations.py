"""Whom open cases have been escalated to: read from the cases themselves, so that nothing else can differ.

A case reaches the accounts of its agency whose level's mark has passed, and all above them: a supervisor sees what went
to officers, a head all. Where an agency has nobody of that level or above, it reaches the supervisors and the head of
the fallback agency, and the administrators: nothing is seen by nobody. Accounts that are disabled are nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, text, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.roles import Role
from contact_center.agencies.models import Agency
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import ESCALATED, Case, EscalationSeen

MOST_COUNTED = 99
_SHOWN = 60
_HIGHEST_FIRST = tuple(reversed(LEVELS))


@dataclass(frozen=True)
class Count:
    """How many escalated cases reach somebody, at most one more than `MOST_COUNTED`; and whether there are some that
    they have not opened since."""

    all: int
    new: bool

    @property
    def many(self) -> bool:
        """Whether there are more than are counted."""
        return self.all > MOST_COUNTED


@dataclass(frozen=True)
class Escalated:
    """A case, the highest level that it went to, and whether the reader has not opened it since."""

    case: Case
    level: str
    new: bool


def concern(account: Account) -> bool:
    """Whether cases are escalated to somebody in such a role at all."""
    return account.role in LEVELS or account.role == Role.ADMIN


def level_of(case: Case) -> str | None:
    """The highest level that an open case went to for its present deadline."""
    return next((level for level in _HIGHEST_FIRST if level in case.marks), None) if case.status in OPEN else None


async def count(session: AsyncSession, account: Account) -> Count:
    """What waits for an account, by the index of escalated cases. However many there are, no more than it takes to know
    are read."""
    return Count(*(await session.execute(counting(account, await ways(session, account)))).one())


def counting(account: Account, ways_: Sequence[ColumnElement[bool]]) -> Select[int, bool]:
    """That query, of `ways`: all, and whether any is new."""
    some = union_all(*(select(Case.id).where(way) for way in ways_)).subquery()
    few = select(some.c.id).limit(MOST_COUNTED + 1).subquery()
    new = or_(*(exists(select(Case.id).where(way, ~_has_seen(account))) for way in ways_))
    return select(select(func.count()).select_from(few).scalar_subquery(), new)


async def most_urgent(session: AsyncSession, account: Account) -> Sequence[Escalated]:
    """The first 60 cases that reach an account: an officer's own, then by level and deadline."""
    mine, all_ways = Case.assignee == account.username, await ways(session, account)
    own_first = account.role == Role.OFFICER
    order: list[ColumnElement[Any]] = [Case.escalation.desc(), Case.due_at.expression, Case.id.expression]
    # The first of each way by an index; an officer's own are looked up by themselves.
    looked_up = [*all_ways, *(and_(way, mine) for way in all_ways)] if own_first else all_ways
    each = [select(Case.id).where(way).order_by(*order).limit(_SHOWN) for way in looked_up]
    shown = union_all(*(select(first.subquery().c.id) for first in each))
    wanted = select(Case, Case.escalation, (~_has_seen(account)).label("new")).where(Case.id.in_(shown))
    in_order = [mine.desc().nulls_last(), *order] if own_first else order
    found = await session.execute(wanted.order_by(*in_order).limit(_SHOWN))
    return [Escalated(row.Case, LEVELS[row.escalation - 1], row.new) for row in found]


async def by_level(session: AsyncSession, agency: str | None) -> Mapping[str, int]:
    """How many open cases stand at each level, the lowest first: of one agency (by its code) or of all."""
    at_each = select(Case.escalation, func.count().label("cases")).where(text(ESCALATED)).group_by(Case.escalation)
    found = await session.execute(at_each.where(Case.agency == agency) if agency else at_each)
    counts = {row.escalation: row.cases for row in found}
    return {level: counts.get(rank, 0) for rank, level in enumerate(LEVELS, 1)}


async def reaches(session: AsyncSession, account: Account, case: Case) -> bool:
    """Whether a case has been escalated to an account."""
    either = or_(*await ways(session, account))
    return bool(await session.scalar(select(exists(select(Case.id).where(Case.id == case.id, either)))))


async def note_seen(session: AsyncSession, account: Account, case: Case) -> None:
    """Note that somebody has opened a case at the level that it stands at; nothing for one that was not escalated."""
    level = level_of(case)
    if level is not None:
        key = {"case_id": case.id, "account_id": account.id, "deadline_number": case.deadline_number, "level": level}
        await session.execute(insert(EscalationSeen).values(**key).on_conflict_do_nothing())


async def ways(session: AsyncSession, account: Account) -> Sequence[ColumnElement[bool]]:
    """The ways on which a case comes to an account, each by itself: together they would be read by no index. No case
    comes on two."""
    found = [and_(text(ESCALATED), way) for way in await _orphans(session, account)]
    if account.agency and account.role in LEVELS:
        theirs = LEVELS[: LEVELS.index(account.role) + 1]
        went = [or_(*(_went_to(level) for level in theirs))] if theirs != LEVELS else []  # that is what escalated means
        found.append(and_(text(ESCALATED), Case.agency == account.agency, *went))
    return found or [false()]


async def _orphans(session: AsyncSession, account: Account) -> Sequence[ColumnElement[bool]]:
    """For whoever catches them: other agencies' cases that went to a level that has nobody there, nor above.

    By the lowest such level of each agency: what has gone higher has been there.
    """
    if account.role != Role.ADMIN and account.role not in LEVELS[1:]:
        return []
    there = and_(Account.agency == Agency.code, Account.disabled_at.is_(None), Account.role.in_(LEVELS))
    has = func.array_agg(Account.role.distinct()).label("roles")
    agencies = select(Agency.code, Agency.fallback, has).outerjoin(Account, there).group_by(Agency.code)
    rows = (await session.execute(agencies)).all()
    if account.role != Role.ADMIN and not any(row.fallback for row in rows if row.code == account.agency):
        return []
    highest = {row.code: max((LEVELS.index(role) for role in row.roles if role), default=-1) for row in rows}
    lacking = {
        level: [code for code, rank in highest.items() if rank == number - 1 and code != account.agency]
        for number, level in enumerate(LEVELS)
    }
    return [and_(_went_to(level), Case.agency.in_(codes)) for level, codes in lacking.items() if codes]


def _went_to(level: str) -> ColumnElement[bool]:
    return Case.marks.has_key(level)  # type: ignore[no-any-return]


def _level() -> ColumnElement[str]:
    return case(dict(enumerate(LEVELS, 1)), value=Case.escalation)


def _has_seen(account: Account) -> ColumnElement[bool]:
    return exists().where(
        EscalationSeen.case_id == Case.id,
        EscalationSeen.account_id == account.id,
        EscalationSeen.deadline_number == Case.deadline_number,
        EscalationSeen.level == _level(),
    )

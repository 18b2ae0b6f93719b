"""Whom open cases have been escalated to: read from the cases themselves, so that nothing else can differ.

A case reaches the accounts of its agency whose level's mark has passed, and all above them: a supervisor sees what went
to officers, a head all. Where an agency has nobody of that level or above, it reaches the supervisors and the head of
the fallback agency, and the administrators: nothing is seen by nobody. Accounts that are disabled are nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, text, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.roles import Role
from contact_center.agencies.models import Agency
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import ESCALATED, Case, EscalationSeen

_SHOWN = 200
_HIGHEST_FIRST = tuple(reversed(LEVELS))


@dataclass(frozen=True)
class Count:
    """How many escalated cases reach somebody, and how many of these they have not opened since."""

    all: int
    new: int


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
    """What waits for an account. One query, by the index of escalated cases."""
    return Count(*(await session.execute(counting(account))).one())


def counting(account: Account) -> Select[int, int]:
    """That query: all, and new."""
    new = func.count().filter(~_has_seen(account))
    return select(func.count(), new).select_from(Case).where(_reaches(account))


async def most_urgent(session: AsyncSession, account: Account) -> Sequence[Escalated]:
    """The first 200 cases that reach an account: an officer's own, then by level and deadline."""
    own = [(Case.assignee == account.username).desc().nulls_last()] if account.role == Role.OFFICER else []
    wanted = select(Case, _level().label("level"), (~_has_seen(account)).label("new")).where(_reaches(account))
    found = await session.execute(wanted.order_by(*own, _rank().desc(), Case.due_at, Case.id).limit(_SHOWN))
    return [Escalated(row.Case, row.level, row.new) for row in found]


async def by_level(session: AsyncSession, agency: str | None) -> Mapping[str, int]:
    """How many open cases stand at each level, the lowest first: of one agency (by its code) or of all."""
    level = _level().label("level")
    at_each = select(level, func.count().label("cases")).where(text(ESCALATED)).group_by(level)
    found = await session.execute(at_each.where(Case.agency == agency) if agency else at_each)
    counts = {row.level: row.cases for row in found}
    return {each: counts.get(each, 0) for each in LEVELS}


async def reaches(session: AsyncSession, account: Account, case: Case) -> bool:
    """Whether a case has been escalated to an account."""
    return bool(await session.scalar(select(exists().where(Case.id == case.id, _reaches(account)))))


async def note_seen(session: AsyncSession, account: Account, case: Case) -> None:
    """Note that somebody has opened a case at the level that it stands at; nothing for one that was not escalated."""
    level = level_of(case)
    if level is not None:
        key = {"case_id": case.id, "account_id": account.id, "deadline_number": case.deadline_number, "level": level}
        await session.execute(insert(EscalationSeen).values(**key).on_conflict_do_nothing())


def _reaches(account: Account) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if account.agency and account.role in LEVELS:
        theirs = LEVELS[: LEVELS.index(account.role) + 1]
        ways.append(and_(Case.agency == account.agency, or_(*(_went_to(level) for level in theirs))))
    return and_(text(ESCALATED), or_(_nobody_else_is_there(account), *ways))


def _nobody_else_is_there(account: Account) -> ColumnElement[bool]:
    """Cases of which some level has nobody, for whoever catches these."""
    routes: ColumnElement[bool] = exists().where(Agency.code == account.agency, Agency.fallback)
    if account.role == Role.ADMIN:
        routes = true()
    elif account.role not in LEVELS[1:]:
        return false()
    return and_(routes, or_(*(and_(_went_to(level), Case.agency.not_in(_who_has(level))) for level in LEVELS)))


def _who_has(level: str) -> Select[str | None]:
    """The agencies that have an account of a level or above."""
    there = (Account.role.in_(LEVELS[LEVELS.index(level) :]), Account.disabled_at.is_(None))
    return select(Account.agency).where(Account.agency.is_not(None), *there)


def _went_to(level: str) -> ColumnElement[bool]:
    return Case.marks.has_key(level)  # type: ignore[no-any-return]


def _level() -> ColumnElement[str]:
    return case(*((_went_to(level), literal(level)) for level in _HIGHEST_FIRST[:-1]), else_=literal(LEVELS[0]))


def _rank() -> ColumnElement[int]:
    return case(*((_went_to(level), LEVELS.index(level)) for level in _HIGHEST_FIRST[:-1]), else_=0)


def _has_seen(account: Account) -> ColumnElement[bool]:
    return exists().where(
        EscalationSeen.case_id == Case.id,
        EscalationSeen.account_id == account.id,
        EscalationSeen.deadline_number == Case.deadline_number,
        EscalationSeen.level == _level(),
    )

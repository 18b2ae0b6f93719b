"""Reads: the catalogue and the calendar as the database has them, read again only when they changed."""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import AgencyEntry, Catalogue, CategoryEntry, GovernorateEntry
from contact_center.agencies.models import (
    Agency,
    CalendarDay,
    Category,
    ConfigurationVersion,
    GovernmentHours,
    Governorate,
)
from contact_center.agencies.working_hours import WorkingHours, of_weeks


@dataclass(frozen=True)
class Configuration:
    """What administrators may change, as it stood at the version of that number."""

    number: int
    catalogue: Catalogue
    calendar: WorkingCalendar


_kept: WeakKeyDictionary[Engine, Configuration] = WeakKeyDictionary()
"""The newest that this process has read, by database."""


async def configuration(session: AsyncSession, *, held: bool = False) -> Configuration:
    """Catalogue and calendar as the session sees them: one query while nothing changed, seven after a change.

    `held`: they stay so until the transaction ends. Whoever changes them waits, and then finds what was reckoned by
    them; who comes meanwhile waits for the change. Taken before any case is locked, as changes take them.

    What a transaction changed it sees itself; if it is rolled back, the next one reads again, since numbers never
    come twice.
    """
    engine = session.get_bind().engine
    number = await _number(session, held=held)
    while (kept := _kept.get(engine)) is None or kept.number != number:
        _kept[engine] = await _read(session, number)
        number = await _number(session)  # another transaction may have committed in between
    return kept


async def catalogue(session: AsyncSession) -> Catalogue:
    """The catalogue as it stands in the database; categories in its order."""
    return (await configuration(session)).catalogue


async def working_calendar(session: AsyncSession) -> WorkingCalendar:
    """Bahrain's working days and hours, with the days that administrators declared."""
    return (await configuration(session)).calendar


async def calendar_days(session: AsyncSession) -> list[CalendarDay]:
    """The declared days, by date."""
    return list(await session.scalars(select(CalendarDay).order_by(CalendarDay.day)))


async def _number(session: AsyncSession, *, held: bool = False) -> int:
    number = select(ConfigurationVersion.number)
    return await session.scalar(number.with_for_update(read=True) if held else number) or 0


async def _read(session: AsyncSession, number: int) -> Configuration:
    governorates = await session.execute(select(*_columns(Governorate)).order_by(Governorate.code))
    agencies = await session.execute(select(*_columns(Agency)).order_by(Agency.code))
    categories = await session.execute(select(*_columns(Category)).order_by(Category.position, Category.code))
    declared = await session.execute(select(CalendarDay.day, CalendarDay.working))
    catalogue = Catalogue(
        governorates={row.code: GovernorateEntry(**row._mapping) for row in governorates},
        agencies={row.code: _agency(row) for row in agencies},
        categories={row.code: CategoryEntry(**row._mapping) for row in categories},
    )
    calendar = WorkingCalendar({row.day: row.working for row in declared}, await _hours(session))
    return Configuration(number, catalogue, calendar)


async def _hours(session: AsyncSession) -> WorkingHours | None:
    columns = GovernmentHours.ordinary, GovernmentHours.ramadan, GovernmentHours.declared
    row = (await session.execute(select(*columns))).first()
    return of_weeks(row._asdict()) if row else None


def _columns(table: type[Governorate | Agency | Category]) -> list[Any]:
    return list(table.__table__.columns)


def _agency(row: Row[Any]) -> AgencyEntry:
    columns = row._mapping
    return AgencyEntry(**{**columns, "escalate_at": tuple(columns["escalate_at"])})

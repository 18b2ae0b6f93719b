"""Reads: the catalogue and the calendar as the database has them."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import catalogue as shipped
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.catalogue import AgencyEntry, Catalogue, CategoryEntry, GovernorateEntry
from contact_center.agencies.models import Agency, CalendarDay, Category, Governorate


async def catalogue(session: AsyncSession) -> Catalogue:
    """The catalogue as it stands in the database; agencies and categories in its order, three queries."""
    governorates = await session.execute(select(*_columns(Governorate)))
    agencies = await session.execute(select(*_columns(Agency)))
    categories = await session.execute(select(*_columns(Category)).order_by(Category.position))
    return Catalogue(
        fallback_agency=shipped.catalogue().fallback_agency,
        named=shipped.catalogue().named,
        governorates={row.code: GovernorateEntry(**row._mapping) for row in governorates},
        agencies={row.code: _agency(row) for row in agencies},
        categories={row.code: CategoryEntry(**row._mapping) for row in categories},
    )


async def agency_entry(session: AsyncSession, code: str) -> AgencyEntry:
    """One agency as it stands in the database. Raises `NoResultFound` for an unknown code."""
    return _agency((await session.execute(select(*_columns(Agency)).where(Agency.code == code))).one())


async def working_calendar(session: AsyncSession) -> WorkingCalendar:
    """Bahrain's working days with the days that administrators declared."""
    return WorkingCalendar({declared.day: declared.working for declared in await calendar_days(session)})


async def calendar_days(session: AsyncSession) -> list[CalendarDay]:
    """The declared days, by date."""
    return list(await session.scalars(select(CalendarDay).order_by(CalendarDay.day)))


def _columns(table: type[Governorate | Agency | Category]) -> list[Any]:
    return list(table.__table__.columns)


def _agency(row: Row[Any]) -> AgencyEntry:
    columns = row._mapping
    return AgencyEntry(**{**columns, "escalate_at": tuple(columns["escalate_at"])})

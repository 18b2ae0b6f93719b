"""What can be done: settle who answers a case and by when, and declare days working or not."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.deadlines import due_at
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.models import CalendarDay
from contact_center.agencies.routing import Route, route
from contact_center.agencies.term import Term
from contact_center.errors import InvalidInput


@dataclass(frozen=True)
class Assignment:
    """Who answers a case, and by when (aware, UTC), with the calendar that this was reckoned by."""

    agency: AgencyEntry
    term: Term
    due_at: datetime
    calendar: WorkingCalendar
    way: Route
    """Whether it waits there to be routed on, and for whom."""


async def assign(session: AsyncSession, category: str, governorate: str | None, filed_at: datetime) -> Assignment:
    """Who answers a case of `category` in `governorate` (None: not known) filed at `filed_at`, and by when.

    Where the place would settle the agency but is not known, the category is unclear or its agency has not joined, the
    fallback agency routes the case on, within the days of the category all the same. Raises `InvalidInput` for a
    category or governorate that does not exist.
    """
    configuration = await queries.configuration(session, held=True)
    catalogue, calendar = configuration.catalogue, configuration.calendar
    if category not in catalogue.categories:
        raise InvalidInput(f"There is no category {category!r}.", category=category)
    if governorate is not None and governorate not in catalogue.governorates:
        raise InvalidInput(f"There is no governorate {governorate!r}.", governorate=governorate)
    way = route(catalogue, category, governorate)
    term = catalogue.term(category, way.agency)
    return Assignment(catalogue.agencies[way.agency], term, due_at(filed_at, term, calendar), calendar, way)


async def declare_day(session: AsyncSession, day: date, *, working: bool, note: str = "") -> None:
    """Declare `day` (a date in Bahrain) working or not; deadlines set from now on follow it."""
    statement = insert(CalendarDay).values(day=day, working=working, note=note)
    changed = {"working": working, "note": note}
    await session.execute(statement.on_conflict_do_update(index_elements=["day"], set_=changed))


async def forget_day(session: AsyncSession, day: date) -> None:
    """Leave `day` to the weekend and the public holidays again."""
    await session.execute(delete(CalendarDay).where(CalendarDay.day == day))

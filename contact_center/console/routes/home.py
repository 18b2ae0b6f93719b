"""The first page: what is waiting."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases.lists import CaseFilters, Page, list_cases
from contact_center.cases.paging import Order
from contact_center.console import case_list
from contact_center.console.case_rows import rows
from contact_center.console.permissions import agency_seen
from contact_center.console.rendering import language_of, page
from contact_center.console.staff import Staff

router = APIRouter()
_SHOWN = 8
"""Cases of those that are due first."""


@router.get("/")
async def home(request: Request, account: Staff, database: DatabaseOf) -> Response:
    """Figures of the day, and the cases whose time runs out first."""
    agency = agency_seen(account)
    first = Page(_SHOWN, order=Order.DUE)
    async with database.transaction() as session:
        figures = await case_list.figures(session, agency)
        known = await catalogue(session)
        due = await list_cases(session, CaseFilters(agency, status="open"), page=first)
        urgent = await rows(session, due.cases, known, language_of(request))
    own = known.agencies[agency].name(language_of(request)) if agency else None
    return page(request, "home.html", figures=figures, urgent=urgent, own_agency=own)

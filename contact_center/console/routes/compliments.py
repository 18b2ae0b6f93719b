"""Compliments: what has been passed on to the people they are about, and what has not."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts.roles import Action, may
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases.kinds import COMPLIMENT
from contact_center.cases.lists import CaseFilters, Page, list_cases
from contact_center.cases.praise import pass_on
from contact_center.console.case_list import PAGE
from contact_center.console.case_rows import rows
from contact_center.console.case_view import find
from contact_center.console.permissions import agency_seen, sees_compliments
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import Staff, actor
from contact_center.errors import Forbidden
from contact_center.notifications.case_events import tell_event

router = APIRouter(prefix="/compliments")


@router.get("")
async def show(
    request: Request,
    account: Staff,
    database: DatabaseOf,
    passed_on: bool = False,
    after: str = "",
    done: str = "",
) -> Response:
    """Those of the account's agency that were passed on or not, the newest first; `done`: one has just been."""
    if not sees_compliments(account):
        raise Forbidden("Compliments are for the agency they reach.")
    wanted = CaseFilters(agency=agency_seen(account), type=COMPLIMENT, passed_on=passed_on)
    async with database.transaction() as session:
        found = await list_cases(session, wanted, page=Page(PAGE, after or None))
        listed = await rows(session, found.cases, await catalogue(session), language_of(request))
    marks = [may(account, Action.PRAISE, row.case.agency) for row in listed]
    marked = list(zip(listed, marks, strict=True))
    return page(request, "compliments.html", listed=marked, passed_on=passed_on, next_page=found.next, done=done)


@router.post("/{reference}/passed-on")
async def mark(reference: str, account: Staff, database: DatabaseOf) -> Response:
    """Note that the person was told; whoever wrote the compliment hears of it."""
    async with database.transaction() as session:
        case = await find(session, account, reference)
        if not may(account, Action.PRAISE, case.agency):
            raise Forbidden("A compliment is passed on by the supervisor of the person it is about.")
        event = await pass_on(session, case, actor=actor(account))
        await tell_event(session, await catalogue(session), case, event)
    return RedirectResponse(f"{BASE}/compliments?done=passed_on", 303)

"""The queue of cases that the fallback agency routes on."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import catalogue, working_calendar
from contact_center.agencies.routing import agency_for
from contact_center.agencies.working_time import Unit, between
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases import routing_figures, routing_queue
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import now
from contact_center.console.case_deeds import Key, Words
from contact_center.console.case_rows import Row, rows
from contact_center.console.case_view import find
from contact_center.console.permissions import routes_on
from contact_center.console.rendering import BASE, language_of, page, translator
from contact_center.console.staff import Staff, actor
from contact_center.database import Database
from contact_center.errors import Conflict, Forbidden, InvalidInput, NotFound
from contact_center.notifications.case_events import tell_event

SHOWN = 30
AT_ONCE = 50
"""How many are sent on by one click: each is told to whoever filed it."""
PERIOD = timedelta(days=30)

router = APIRouter(prefix="/routing")
Act = Callable[[AsyncSession, Case], Awaitable[CaseEvent]]


async def routing_desk(account: Staff, database: DatabaseOf) -> Account:
    """Who is signed in, for the fallback agency's staff and administrators; raises `Forbidden` for others."""
    async with database.transaction() as session:
        known = await catalogue(session)
    if not routes_on(account, known):
        raise Forbidden("This is for those who route cases on.")
    return account


RoutingDesk = Annotated[Account, Depends(routing_desk)]


@dataclass(frozen=True)
class InQueue:
    """A case that waits; `hours`: working hours until now; `suggested`: the agency that answers it, by its code."""

    row: Row
    hours: float
    not_joined: str | None
    """The name of the agency that it waits for, while that has not joined."""
    suggested: str | None


@router.get("")
async def show(request: Request, account: RoutingDesk, database: DatabaseOf, done: str = "") -> Response:
    """The queue, the longest wait on top, how long waiting took lately, and who has joined meanwhile."""
    language, at = language_of(request), now()
    async with database.transaction() as session:
        known, calendar = await catalogue(session), await working_calendar(session)
        listed = await rows(session, await routing_figures.waiting(session, SHOWN), known, language)
        figures = await routing_figures.figures(session, at - PERIOD, at)
        joined = await routing_figures.have_joined(session)
    queue = [_in_queue(row, known, calendar, at, language) for row in listed]
    return page(
        request,
        "routing.html",
        queue=queue,
        figures=figures,
        joined=[(code, known.agencies[code].name(language), count) for code, count in joined.items()],
        agencies=_may_get_it(known, language),
        days=PERIOD.days,
        key=secrets.token_hex(16),
        done=done,
    )


@router.post("/{reference}/send")
async def send(
    request: Request,
    reference: str,
    account: RoutingDesk,
    database: DatabaseOf,
    key: Key,
    agency: Annotated[str, Form(max_length=60)],
    reason: Words = "",
) -> Response:
    """Send a case on to an agency; without a reason, that it is routed."""
    why = reason.strip() or translator(language_of(request))("routing.reason")

    async def pass_on(session: AsyncSession, case: Case) -> CaseEvent:
        return await transfer(session, case, Target(agency), why, actor=actor(account), idempotency_key=key)

    return _back("sent" if await _happened(database, account, reference, pass_on) else "gone")


@router.post("/{reference}/keep")
async def keep(reference: str, account: RoutingDesk, database: DatabaseOf, key: Key) -> Response:
    """Answer it here, in the agency's own right or for the one that has not joined."""

    async def stay(session: AsyncSession, case: Case) -> CaseEvent:
        return await routing_queue.keep(session, case, actor=actor(account), idempotency_key=key)

    return _back("kept" if await _happened(database, account, reference, stay) else "gone")


@router.post("/joined")
async def send_all(
    request: Request, account: RoutingDesk, database: DatabaseOf, agency: Annotated[str, Form(max_length=60)]
) -> Response:
    """Send on what waits for an agency that has joined, the longest wait first; what is left is offered again."""
    async with database.transaction() as session:
        if agency not in await routing_figures.have_joined(session):
            return _back("gone")
        references = await routing_figures.meant_for(session, agency, AT_ONCE)
    why = translator(language_of(request))("routing.has_joined")

    async def pass_on(session: AsyncSession, case: Case) -> CaseEvent:
        return await transfer(session, case, Target(agency), why, actor=actor(account))

    for reference in references:  # each in its own transaction, so that one that has left meanwhile stops no other
        await _happened(database, account, reference, pass_on)
    return _back("sent")


async def _happened(database: Database, account: Account, reference: str, act: Act) -> bool:
    """Act on a case of the queue and tell its filer; False where it has left meanwhile, or cannot go there."""
    try:
        async with database.transaction() as session:
            known, case = await catalogue(session), await find(session, account, reference)
            if case.agency != known.fallback_agency:
                raise Conflict("This case is no longer here.")
            await tell_event(session, known, case, await act(session, case))
    except (Conflict, InvalidInput, NotFound):
        return False
    return True


def _back(done: str) -> Response:
    return RedirectResponse(f"{BASE}/routing?done={done}", 303)


def _in_queue(row: Row, known: Catalogue, calendar: WorkingCalendar, at: datetime, language: str) -> InQueue:
    case = row.case
    meant, answers = known.agencies.get(case.meant_for or ""), agency_for(known, case.category, case.governorate)
    return InQueue(
        row,
        float(between(calendar, Unit.HOURS, case.routing_since or at, at)),
        meant.name(language) if meant and not meant.joined else None,
        None if answers == known.fallback_agency else answers,
    )


def _may_get_it(known: Catalogue, language: str) -> list[tuple[str, str]]:
    """Codes and names of the agencies that a case may be sent on to, by name."""
    there = (each for each in known.at_work.values() if each.joined and not each.fallback)
    return sorted(((each.code, each.name(language)) for each in there), key=lambda named: named[1])

"""Sending a case on: to the agency whose it is, or to the category that it is about. Nothing here commits.

The clock's rule: the agency that a case is first sent on to has its own time from then; sent on again, the clock goes
on, so that nobody gains time by passing it around. What is sent to an agency that has not joined goes to the fallback
agency, which routes it on (`cases.routing_queue`).
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.deadlines import due_at
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.routing import Route, agency_for, route
from contact_center.cases import timeline
from contact_center.cases.deadline_clock import set_deadline
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.routing_queue import follow_route
from contact_center.cases.steps import lock, move
from contact_center.clock import now
from contact_center.errors import Conflict, InvalidInput
from contact_center.understanding.service import Routing, remember_move

TRANSFERRED, RECATEGORISED = "transferred", "recategorised"
"""The kinds of its events; only the first is for the citizen. `data["reason"]` is for staff."""


@dataclass(frozen=True)
class Target:
    """Where a case is to go, by codes. A category alone sends it to the agency that answers that category."""

    agency: str | None = None
    category: str | None = None


async def transfer(
    session: AsyncSession,
    case: Case,
    target: Target,
    reason: str,
    *,
    actor: str,
    idempotency_key: str | None = None,
) -> CaseEvent:
    """Send an open case on, with the reason; its whole history stays with it. Returns the event.

    The words are kept, without personal data, for the assistant to learn from (`tawasul nlu review`). The same
    `idempotency_key` again returns the first event and changes nothing. Raises `InvalidInput` without a reason or for
    an unknown code, `Conflict` for a case that has ended or is there already.
    """
    if not reason.strip():
        raise InvalidInput("A case is sent on for a reason.")
    await lock(session, case)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    if case.status not in OPEN:
        raise Conflict(f"A case that is {case.status} is not sent on.", status=case.status)
    category, way = _way(await queries.catalogue(session), case, target)
    before, after = Routing(case.category, case.agency), Routing(category, way.agency)
    if before == after:
        raise Conflict("The case is there already.")
    await _remember(session, case, before, after)
    case.category = after.category
    if after.agency != before.agency:
        await _hand_over(session, case, after.agency)
    await follow_route(session, case, way, actor=actor)
    return await timeline.record(
        session,
        case,
        TRANSFERRED if after.agency != before.agency else RECATEGORISED,
        actor,
        public=after.agency != before.agency,
        idempotency_key=idempotency_key,
        reason=reason.strip(),
        category=[before.category, after.category],
        agency=[before.agency, after.agency],
        due_at=case.due_at.isoformat() if case.due_at else None,
        after=case.status,
    )


def _way(catalogue: Catalogue, case: Case, target: Target) -> tuple[str, Route]:
    """The category that the case is then in, and where it goes."""
    category = target.category or case.category
    if target.category and category not in catalogue.offered:
        raise InvalidInput(f"There is no category {category!r}.", category=category)
    by_category = agency_for(catalogue, category, case.governorate) if target.category else None
    agency = target.agency or by_category or case.agency
    if agency != case.agency and agency not in catalogue.at_work:
        raise InvalidInput(f"There is no agency {agency!r}.", agency=agency)
    return category, route(catalogue, category, case.governorate, agency)


async def _hand_over(session: AsyncSession, case: Case, agency: str) -> None:
    await move(session, case, Status.TRANSFERRED)
    case.agency, case.assignee = agency, None
    if case.transferred_at is None and case.due_at is not None:
        catalogue, at = await queries.catalogue(session), now()
        term = catalogue.term(case.category, agency)
        case.transferred_at, case.term = at, term
        await set_deadline(session, case, due_at(at, term, await queries.working_calendar(session)))


async def _remember(session: AsyncSession, case: Case, before: Routing, after: Routing) -> None:
    names = [name for name in (case.contact_name, case.praised) if name]
    await remember_move(
        session, case.id, case.description, channel=case.channel, names=names, before=before, after=after
    )

"""Cases that are with the fallback agency to be routed on: how they come, how they go, and how long it took.

A case comes with its filing or by a transfer, as `agencies.routing.route` says, and goes when it is sent on, kept, or
has ended. Each going is one `routed` event, for staff only. Nothing here commits.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.routing import Route
from contact_center.agencies.working_time import Unit, between
from contact_center.cases import timeline
from contact_center.cases.models import ROUTED, Case, CaseEvent
from contact_center.clock import now
from contact_center.errors import Conflict

SENT_ON, KEPT, ENDED = "sent_on", "kept", "ended"
"""How a case left the queue: `data["how"]` of its event; `data["hours"]`: the working hours in it."""


async def follow_route(session: AsyncSession, case: Case, way: Route, *, actor: str) -> None:
    """Let a case that is held, and has been sent where its `way` leads, leave or join the queue."""
    if way.waits and case.routing_since is None:
        case.routing_since = now()
    elif not way.waits and case.routing_since is not None:
        stays = way.agency == (await queries.catalogue(session)).fallback_agency
        await _leave(session, case, case.routing_since, KEPT if stays else SENT_ON, actor)
    case.meant_for = way.meant_for


async def keep(session: AsyncSession, case: Case, *, actor: str, idempotency_key: str | None = None) -> CaseEvent:
    """Let the fallback agency answer a case itself, or for the agency that it is meant for. Returns the event.

    The same `idempotency_key` again returns the first one. Raises `Conflict` for a case that does not wait.
    """
    await session.refresh(case, with_for_update=True)
    known = await timeline.recorded(session, case, idempotency_key)
    if known is not None:
        return known
    if case.routing_since is None:
        raise Conflict("This case does not wait to be routed on.")
    return await _leave(session, case, case.routing_since, KEPT, actor, idempotency_key)


async def end(session: AsyncSession, case: Case) -> None:
    """What is answered, taken back or found to be a duplicate waits no longer; the case is held."""
    if case.routing_since is not None:
        await _leave(session, case, case.routing_since, ENDED, "system")


async def _leave(
    session: AsyncSession, case: Case, since: datetime, how: str, actor: str, key: str | None = None
) -> CaseEvent:
    calendar = await queries.working_calendar(session)
    hours = round(float(between(calendar, Unit.HOURS, since, now())), 4)
    case.routing_since = None
    return await timeline.record(
        session,
        case,
        ROUTED,
        actor,
        public=False,
        idempotency_key=key,
        how=how,
        hours=hours,
        since=since.isoformat(),
        meant_for=case.meant_for,
    )

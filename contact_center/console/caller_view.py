"""Callers as the call desk shows them: who waits, what is known of one, and the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.queries import display_names
from contact_center.clock import BAHRAIN, now
from contact_center.privacy.search import citizen_with
from contact_center.telephone import callers, queries
from contact_center.telephone.callers import Wrote
from contact_center.telephone.models import Callback, PhoneCall

LOG_PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """One who waits. `seconds`: for how long; `abusive`: how often they were, lately."""

    call: PhoneCall
    name: str | None
    seconds: float
    abusive: int


@dataclass(frozen=True)
class Known:
    """What is known of the one who calls. `wrote`: on other channels today (in Bahrain), the newest first; `citizen`:
    whose page leads to all that is known of them."""

    phone_call: PhoneCall | None
    name: str | None
    wrote: Sequence[Wrote]
    abusive: int
    citizen: UUID | None


@dataclass(frozen=True)
class Logged:
    """A call in the log. `waited`, `talked`: in seconds, None where it came to neither."""

    call: PhoneCall
    name: str | None
    agent: str | None
    waited: float | None
    talked: float | None


async def who_waits(session: AsyncSession) -> list[Waiting]:
    """Longest first. Three queries, however many."""
    calls, at = await queries.waiting(session), now()
    phones = {call.phone for call in calls if call.phone}
    names, abuse = await callers.names_of(session, phones), await queries.abuse_by(session, phones)
    return [
        Waiting(
            call, names.get(call.phone or ""), _seconds(call.waiting_since, at) or 0, abuse.get(call.phone or "", 0)
        )
        for call in calls
    ]


async def to_call(session: AsyncSession, wishes: Sequence[Callback]) -> list[tuple[Callback, str | None]]:
    """Each with the name of who is to be called. At most one query."""
    names = await callers.names_of(session, {wish.phone for wish in wishes})
    return [(wish, names.get(wish.phone)) for wish in wishes]


async def known_of(session: AsyncSession, conversation_id: UUID, phone: str | None) -> Known:
    """What the page of a call says of the one who calls."""
    phones = {phone} if phone else set()
    names, abuse = await callers.names_of(session, phones), await queries.abuse_by(session, phones)
    today = datetime.combine(now().astimezone(BAHRAIN).date(), time(), tzinfo=BAHRAIN)
    wrote = await callers.wrote_since(session, phone, today)
    call, citizen = await queries.call_of(session, conversation_id), await citizen_with(session, phone)
    return Known(call, names.get(phone or ""), wrote, abuse.get(phone or "", 0), citizen)


async def logged(session: AsyncSession, before: tuple[datetime, UUID] | None) -> tuple[list[Logged], PhoneCall | None]:
    """A page of the log, the newest first, and the call after which the next page begins, if there is one."""
    calls = await queries.log(session, before, LOG_PAGE + 1)
    shown = calls[:LOG_PAGE]
    names = await callers.names_of(session, {call.phone for call in shown if call.phone})
    agents = await display_names(session, {call.taken_by for call in shown if call.taken_by})
    rows = [
        Logged(
            call,
            names.get(call.phone or ""),
            agents.get(call.taken_by or ""),
            _seconds(call.waiting_since, call.taken_at or call.ended_at),
            _seconds(call.taken_at, call.ended_at),
        )
        for call in shown
    ]
    return rows, shown[-1] if len(calls) > LOG_PAGE else None


def _seconds(since: datetime | None, until: datetime | None) -> float | None:
    return (until - since).total_seconds() if since and until else None

"""What the head of every page says is waiting for its reader."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.agencies.queries import catalogue
from contact_center.cases import escalations, routing_figures
from contact_center.cases.models import CaseEvent
from contact_center.console.permissions import routes_on, serves_people, takes_calls
from contact_center.conversations import handoff_queries
from contact_center.privacy import requests
from contact_center.telephone.queries import how_many_wait


@dataclass(frozen=True)
class Desk:
    """People who wait. None: such pages are not for this reader."""

    callers: int | None = None
    """How many callers wait for an agent."""
    conversations: int | None = None
    """How many people who write wait for a human being."""
    to_decide: int | None = None
    """How many people's requests wait for a second person."""

    @property
    def any(self) -> bool:
        """Whether anybody does."""
        return bool(self.callers or self.conversations or self.to_decide)


@dataclass(frozen=True)
class Waiting:
    """None: such pages are not for this reader."""

    escalated: escalations.Count | None = None
    to_route: int | None = None
    """How many cases wait to be routed on."""
    desk: Desk = Desk()
    as_of: int = 0
    """The newest event of any case when the page was made: what comes later is news to it."""


async def waiting_for(session: AsyncSession, account: Account) -> Waiting:
    """Counted by indexes that hold only what waits."""
    as_of = await newest_event(session)
    desk = await desk_of(session, account)
    if not escalations.concern(account):
        return Waiting(desk=desk, as_of=as_of)
    routes = routes_on(account, await catalogue(session))
    to_route = await routing_figures.how_many_wait(session) if routes else None
    return Waiting(await escalations.count(session, account), to_route, desk, as_of)


async def desk_of(session: AsyncSession, account: Account) -> Desk:
    """Who waits for the contact centre, as far as it is this reader's."""
    takes, serves = takes_calls(account), serves_people(account)
    return Desk(
        await how_many_wait(session) if takes else None,
        await handoff_queries.how_many_wait(session) if takes else None,
        await requests.how_many_wait(session, account.username) if serves else None,
    )


async def newest_event(session: AsyncSession) -> int:
    """The id of the newest event of any case; 0 where there is none."""
    return await session.scalar(select(func.max(CaseEvent.id))) or 0

"""What the head of every page says is waiting for its reader."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.agencies.queries import catalogue
from contact_center.cases import escalations, routing_figures
from contact_center.console.permissions import routes_on


@dataclass(frozen=True)
class Waiting:
    """None: such pages are not for this reader."""

    escalated: escalations.Count | None = None
    to_route: int | None = None
    """How many cases wait to be routed on."""


async def waiting_for(session: AsyncSession, account: Account) -> Waiting:
    """Counted by indexes that hold only what waits."""
    if not escalations.concern(account):
        return Waiting()
    routes = routes_on(account, await catalogue(session))
    return Waiting(
        await escalations.count(session, account), await routing_figures.how_many_wait(session) if routes else None
    )

"""The page of conversations: who wants a human being, and who serves whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import queries
from contact_center.accounts.models import Account
from contact_center.clock import now
from contact_center.conversations import handoff_queries, holding
from contact_center.conversations.handoff_queries import OpenOne


@dataclass(frozen=True)
class Row:
    """One of them. `seconds`: how long they have waited, or been served; `agent`: what the one who serves is called."""

    one: OpenOne
    since: datetime
    seconds: float
    agent: str | None


@dataclass(frozen=True)
class Queue:
    """Whoever has waited longest first, and how it stands with the reader."""

    mine: Sequence[Row]
    waiting: Sequence[Row]
    more: int
    """How many wait beside those who are shown."""
    others: Sequence[Row]
    """Whom colleagues serve, as far as there is room."""
    on_duty: bool
    held: int
    capacity: int
    """How many conversations the reader holds, whichever language is shown, and how many they can."""
    there: Sequence[str]
    """What the colleagues are called who take conversations now."""


async def queue(session: AsyncSession, account: Account, language: str) -> Queue:
    """For an agent; `language`: only people with it, all where it is empty. Five queries, however many there are."""
    ones = await handoff_queries.open_ones(session, account.username, language)
    agents = {one.handoff.agent for one in ones if one.handoff.agent}
    names, at = await queries.display_names(session, agents), now()
    rows = [_row(one, names, at) for one in ones]
    served = [row for row in rows if row.one.handoff.status == "active"]
    waiting = [row for row in rows if row.one.handoff.status == "waiting"]
    there = await queries.on_duty(session)
    return Queue(
        mine=[row for row in served if row.one.handoff.agent == account.username],
        waiting=waiting,
        more=await handoff_queries.how_many_wait(session, language) - len(waiting),
        others=[row for row in served if row.one.handoff.agent != account.username],
        on_duty=account.on_duty,
        held=await holding.how_many_held(session, account.username),
        capacity=account.capacity,
        there=[each.display_name for each in there if each.username != account.username],
    )


def _row(one: OpenOne, names: Mapping[str, str], at: datetime) -> Row:
    since = one.handoff.taken_at if one.handoff.status == "active" else None
    since = since or one.handoff.requested_at
    return Row(one, since, (at - since).total_seconds(), names.get(one.handoff.agent or ""))

"""The part of a conversation that a case's page shows."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.cases.models import Case
from contact_center.console.permissions import may_see_conversation
from contact_center.console.transcripts import Line, transcript

_AFTERMATH = timedelta(minutes=2)
"""How long after the filing the assistant may still be speaking of it: it tells the reference number."""


async def talk_of(session: AsyncSession, account: Account, case: Case) -> list[Line]:
    """What was said: all of it for the contact centre, for the agency only the part that led to this case, and none
    of it where the person wants to stay unknown to the agency."""
    if case.conversation_id is None:
        return []
    if may_see_conversation(account, case):
        return await transcript(session, case.conversation_id)
    if case.anonymous:
        return []
    since = await _filed_before(session, case)
    until = case.created_at + _AFTERMATH
    return await transcript(session, case.conversation_id, since=since, until=until)


async def _filed_before(session: AsyncSession, case: Case) -> datetime | None:
    """When the talk about this case may have begun: after the conversation's case before it."""
    earlier = (Case.conversation_id == case.conversation_id, Case.created_at < case.created_at)
    last: datetime | None = await session.scalar(select(func.max(Case.created_at)).where(*earlier))
    return min(last + _AFTERMATH, case.created_at) if last else None

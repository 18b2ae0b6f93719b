"""What the assistant is told of before: how long a person was away from a draft, and what their last cases say."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case
from contact_center.cases.queries import cases_of
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity
from contact_center.conversations.models import Conversation, InboxMessage

_LOOKED_AT = 5
_PLACE = ("area", "governorate", "block", "road", "building", "address", "lat", "lon")
_HOUR = timedelta(hours=1)


async def remembered(
    session: AsyncSession,
    inbox: InboxMessage,
    conversation: Conversation,
    identity: ChannelIdentity,
    pause: timedelta,
) -> dict[str, Any]:
    """Metadata of a turn: `away` where a draft lay for longer than `pause`, `before` where the person has filed.

    `away`: `{"hours", "draft"}`. `before`: `{"name", "place"}`, `place` with the slots of a draft. Of a call nothing is
    known but the call, and what an agent sets in the form is no return of the person.
    """
    if conversation.channel == ChannelCode.CALL_CENTER or "draft" in inbox.content:
        return {}
    known = {"away": await _away(session, inbox, conversation, pause)}
    if conversation.expects != "reference":
        known["before"] = _before(await cases_of(session, identity.id, identity.verified_phone, limit=_LOOKED_AT))
    return {name: value for name, value in known.items() if value}


async def _away(
    session: AsyncSession, inbox: InboxMessage, conversation: Conversation, pause: timedelta
) -> dict[str, Any] | None:
    if not conversation.draft:
        return None
    earlier = (InboxMessage.conversation_id == conversation.id, InboxMessage.received_at < inbox.received_at)
    last = await session.scalar(select(func.max(InboxMessage.received_at)).where(*earlier))
    if last is None or inbox.received_at - last < pause:
        return None
    return {"hours": (inbox.received_at - last) // _HOUR, "draft": conversation.draft}


def _before(cases: Sequence[Case]) -> dict[str, Any] | None:
    """The name of the newest case that has one, and the place of the newest that has one."""
    names = (case.contact_name for case in cases if case.contact_name)
    places = (case for case in cases if case.area or case.block or case.lat is not None)
    placed = next(places, None)
    known = {"name": next(names, None), "place": _place(placed) if placed else None}
    return known if any(known.values()) else None


def _place(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _PLACE if getattr(case, name) not in (None, "")}

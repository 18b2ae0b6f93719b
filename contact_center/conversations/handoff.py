"""A human being takes over: the wish for one, the queue, and the way back to the assistant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.accounts.models import Account
from contact_center.accounts.queries import account_named, anyone_on_duty
from contact_center.accounts.roles import Action, may_everywhere
from contact_center.agencies.office_hours import office_hours
from contact_center.agencies.queries import working_calendar
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.clock import now
from contact_center.conversations import inbox, outbox
from contact_center.conversations.handoff_queries import ahead_of, open_handoff, unanswered_since
from contact_center.conversations.models import Conversation, Handoff
from contact_center.errors import Conflict, InvalidInput, NotFound
from contact_center.listening import conversation_changed
from contact_center.notifications.sentences import sentence

_NOTICES = {"agent": "agent_left", "silence": "agent_silent"}
"""What the assistant is told when a conversation comes back to it, by who ended it."""


@dataclass(frozen=True)
class Prospect:
    """What somebody who wants a human being may expect."""

    already: bool
    """Whether they had asked before."""
    ahead: int
    """How many have waited longer."""
    on_duty: bool
    """Whether anybody is there to take it."""
    opens_at: datetime | None
    """Outside office hours: when staff are back (aware)."""
    open_now: bool


async def request(
    session: AsyncSession, conversation_id: UUID, reason: str, *, language: str, source_message_id: str | None
) -> Prospect:
    """Keep a person's wish for a human being, once however often they ask or the turn is repeated."""
    new = {"conversation_id": conversation_id, "reason": reason, "language": language}
    statement = insert(Handoff).values(**new, source_message_id=source_message_id)
    await session.execute(statement.on_conflict_do_nothing())
    handoff = await open_handoff(session, conversation_id)
    if handoff is None:  # the turn is repeated after the wish has been dealt with
        return Prospect(already=True, ahead=0, on_duty=True, opens_at=None, open_now=True)
    hours, calendar, moment = office_hours(), await working_calendar(session), now()
    open_now = hours.are_on(moment, calendar)
    await conversation_changed(session, conversation_id)
    return Prospect(
        already=source_message_id is None or handoff.source_message_id != source_message_id,
        ahead=await ahead_of(session, handoff),
        on_duty=await anyone_on_duty(session),
        opens_at=None if open_now else hours.next_opening(moment, calendar),
        open_now=open_now,
    )


async def withdraw(session: AsyncSession, conversation_id: UUID) -> bool:
    """Drop a person's wish while it waits; False where there is none."""
    handoff = await open_handoff(session, conversation_id)
    if handoff is None or handoff.status != "waiting":
        return False
    _end(handoff, "citizen")
    await conversation_changed(session, conversation_id)
    return True


async def take(session: AsyncSession, conversation_id: UUID, agent: str, *, actor: str) -> Handoff:
    """Let an agent take a conversation over, asked for or not, and tell the person who it is.

    The same agent may take it again. Raises `NotFound`, `InvalidInput` for somebody who is no agent, and `Conflict`
    where another has it or the person is on the phone anyway.
    """
    conversation = await _conversation(session, conversation_id)
    account = await _agent(session, agent)
    if conversation.channel == ChannelCode.CALL_CENTER:
        raise Conflict("An agent is on the phone with this person.")
    handoff = await open_handoff(session, conversation_id)
    if handoff and handoff.status == "active":
        if handoff.agent != account.username:
            raise Conflict(f"{handoff.agent} has this conversation.", agent=handoff.agent)
        return handoff
    if handoff is None:
        handoff = Handoff(conversation_id=conversation_id, reason="agent", language=conversation.language)
        session.add(handoff)
    handoff.status, handoff.agent, handoff.taken_at = "active", account.username, now()
    conversation.mode = "agent"
    await session.flush()
    text = sentence("agent_took", conversation.language).format(agent=account.display_name)
    await outbox.say(session, conversation, text, role="system", dedupe_key=f"taken:{handoff.id}")
    await audit.record(session, actor, "conversation.take", str(conversation_id), agent=account.username)
    return handoff


async def say(session: AsyncSession, conversation_id: UUID, text: str, *, key: str | None = None) -> None:
    """Send an agent's words; a repeat with the same `key` sends nothing. Raises `NotFound`, `Conflict` where no agent
    has the conversation."""
    conversation = await _conversation(session, conversation_id)
    if conversation.mode != "agent":
        raise Conflict("No agent has this conversation.")
    dedupe = f"agent:{conversation_id}:{key}" if key else None
    await outbox.say(session, conversation, text, role="agent", dedupe_key=dedupe)


async def release(session: AsyncSession, conversation_id: UUID, *, actor: str) -> None:
    """Hand a conversation back to the assistant, which says so and goes on where it was. Raises as `say`."""
    conversation = await _conversation(session, conversation_id)
    handoff = await open_handoff(session, conversation_id)
    if handoff is None or handoff.status != "active":
        raise Conflict("No agent has this conversation.")
    await _give_back(session, conversation, handoff, "agent")
    await audit.record(session, actor, "conversation.release", str(conversation_id), agent=handoff.agent)


async def give_back_forgotten(session: AsyncSession, patience: timedelta) -> int:
    """Give back to the assistant every conversation whose agent has not answered for so long; how many."""
    forgotten = await unanswered_since(session, now() - patience)
    for handoff, conversation in forgotten:
        await _give_back(session, conversation, handoff, "silence")
    return len(forgotten)


async def _give_back(session: AsyncSession, conversation: Conversation, handoff: Handoff, ended_by: str) -> None:
    _end(handoff, ended_by)
    conversation.mode = "assistant"
    notice = InboundMessage(
        channel=ChannelCode(conversation.channel),
        address=conversation.address,
        provider_id=f"handoff:{handoff.id}",
        notice=_NOTICES[ended_by],
    )
    await inbox.store(session, conversation, notice)


def _end(handoff: Handoff, ended_by: str) -> None:
    handoff.status, handoff.ended_by, handoff.ended_at = "ended", ended_by, now()


async def _conversation(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """The conversation, held until the transaction ends: two agents never take it at once."""
    statement = select(Conversation).where(Conversation.id == conversation_id).with_for_update(key_share=True)
    conversation = (await session.execute(statement)).scalar_one_or_none()
    if conversation is None:
        raise NotFound("There is no such conversation.")
    return conversation


async def _agent(session: AsyncSession, username: str) -> Account:
    account = await account_named(session, username)
    if account is None or account.disabled_at is not None or not may_everywhere(account, Action.TAKE_CALLS):
        raise InvalidInput(f"{username} is no agent of the contact centre.")
    return account

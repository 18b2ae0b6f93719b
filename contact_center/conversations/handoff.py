"""A human being takes over: the wish for one, the queue, and the way back to the assistant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.accounts.queries import anyone_on_duty
from contact_center.agencies.office_hours import office_hours
from contact_center.agencies.queries import working_calendar
from contact_center.attachments.proof import Proof
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.clock import now
from contact_center.conversations import holding, inbox, outbox, queries, rating_question
from contact_center.conversations.handoff_queries import ahead_of, longest_waiting, open_handoff, unanswered_since
from contact_center.conversations.models import Conversation, Handoff
from contact_center.conversations.outcomes import Outcome
from contact_center.errors import Conflict, InvalidInput
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

    The same agent may take it again. Raises `NotFound`, `InvalidInput` for somebody who is no agent, `Full` where they
    have no room, and `Conflict` where another has it or the person is on the phone anyway.
    """
    account = await holding.agent_named(session, agent)
    conversation = await holding.locked(session, conversation_id)
    if conversation.channel == ChannelCode.CALL_CENTER:
        raise Conflict("An agent is on the phone with this person.")
    handoff = await open_handoff(session, conversation_id)
    if handoff and handoff.status == "active":
        if handoff.agent != account.username:
            raise Conflict(f"{handoff.agent} has this conversation.", agent=handoff.agent)
        return handoff
    await holding.check_room(session, account)
    if handoff is None:
        handoff = Handoff(conversation_id=conversation_id, reason="agent", language=conversation.language)
        session.add(handoff)
    await holding.give(session, conversation, handoff, account)
    await audit.record(session, actor, "conversation.take", str(conversation_id), agent=account.username)
    return handoff


async def take_next(session: AsyncSession, agent: str, *, actor: str) -> Handoff | None:
    """Let an agent take whoever has waited longest, of those whose language they speak; None where nobody waits.

    Agents who ask at the same moment get different people. Raises `InvalidInput` for somebody who is no agent, `Away`
    and `Full`.
    """
    account = await holding.agent_named(session, agent)
    await holding.check_free(session, account)
    found = await longest_waiting(session, account.speaks)
    return await take(session, found, agent, actor=actor) if found else None


async def transfer(session: AsyncSession, conversation_id: UUID, to: str, *, agent: str | None, actor: str) -> Handoff:
    """Let a colleague take over what `agent` holds (None: whoever does), and tell the person who it is now.

    Raises `NotFound`, `Conflict` as `holding.held`, `InvalidInput` for a colleague who is no agent, `Away`, `Full`.
    """
    colleague = await holding.agent_named(session, to)
    conversation, handoff = await holding.held(session, conversation_id, agent)
    if handoff.agent == colleague.username:
        return handoff
    await holding.check_free(session, colleague)
    about = {"agent": [handoff.agent, colleague.username]}
    await holding.give(session, conversation, handoff, colleague)
    await audit.record(session, actor, "conversation.transfer", str(conversation_id), **about)
    return handoff


async def say(
    session: AsyncSession,
    conversation_id: UUID,
    text: str,
    *,
    agent: str | None = None,
    files: Proof | None = None,
    key: str | None = None,
) -> None:
    """Send the words and files (checked, see `Proof`) of `agent`, or of whoever has the conversation (None).

    A repeat with the same `key` sends nothing. Raises `NotFound`, `Conflict` as `holding.held`, `InvalidInput` where
    nothing is said.
    """
    conversation, _ = await holding.held(session, conversation_id, agent)
    if not (text.strip() or files):
        raise InvalidInput("There is nothing to send.")
    dedupe = f"agent:{conversation_id}:{key}" if key else None
    if dedupe and await queries.was_said(session, dedupe):
        return  # its files are kept
    attachments = await files.keep(session, None) if files else []
    await outbox.say(session, conversation, text, role="agent", attachments=attachments, dedupe_key=dedupe)


async def release(session: AsyncSession, conversation_id: UUID, *, agent: str | None = None, actor: str) -> None:
    """Hand a conversation back to the assistant, which says so and goes on where it was. Raises as `say`."""
    conversation, handoff = await holding.held(session, conversation_id, agent)
    await _give_back(session, conversation, handoff, "agent")
    await audit.record(session, actor, "conversation.release", str(conversation_id), agent=handoff.agent)


async def resolve(
    session: AsyncSession, conversation_id: UUID, outcome: Outcome, *, agent: str | None = None, actor: str
) -> None:
    """End what was dealt with: the person is told, and the assistant answers whatever they write from then on.

    Raises as `say`.
    """
    conversation, handoff = await holding.held(session, conversation_id, agent)
    _end(handoff, "agent")
    handoff.outcome, conversation.mode = outcome, "assistant"
    await session.flush()
    text = sentence("agent_done", conversation.language)
    await outbox.say(session, conversation, text, role="system", dedupe_key=f"done:{handoff.id}")
    await rating_question.ask_what_waited(session, conversation)
    about = {"agent": handoff.agent, "outcome": outcome}
    await audit.record(session, actor, "conversation.resolve", str(conversation_id), **about)


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
    await conversation_changed(session, conversation.id)


def _end(handoff: Handoff, ended_by: str) -> None:
    handoff.status, handoff.ended_by, handoff.ended_at = "ended", ended_by, now()

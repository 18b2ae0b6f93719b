"""Who holds a conversation, and who may: one agent at a time, who has room for it."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.queries import account_named
from contact_center.accounts.roles import Action, may_everywhere
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.handoff_queries import open_handoff
from contact_center.conversations.models import Conversation, Handoff
from contact_center.errors import Conflict, InvalidInput, NotFound
from contact_center.notifications.sentences import sentence


class Full(Conflict):
    """The agent holds as many conversations as they can."""

    code = "agent_full"


class Away(Conflict):
    """The agent takes no conversations now."""

    code = "agent_away"


async def locked(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """The conversation, held until the transaction ends: two agents never take it at once. Raises `NotFound`."""
    statement = select(Conversation).where(Conversation.id == conversation_id).with_for_update(key_share=True)
    conversation = (await session.execute(statement)).scalar_one_or_none()
    if conversation is None:
        raise NotFound("There is no such conversation.")
    return conversation


async def agent_named(session: AsyncSession, username: str) -> Account:
    """An agent, whose row is held until the transaction ends: what they hold is counted by one at a time.

    Lock it before any conversation. Raises `InvalidInput` for somebody who is no agent.
    """
    account = await account_named(session, username, lock=True)
    if account is None or account.disabled_at is not None or not may_everywhere(account, Action.TAKE_CALLS):
        raise InvalidInput(f"{username} is no agent of the contact centre.")
    return account


async def check_room(session: AsyncSession, account: Account) -> None:
    """Raise `Full` where an agent holds as many conversations as they can."""
    if await how_many_held(session, account.username) >= account.capacity:
        raise Full(f"{account.username} holds {account.capacity} conversations, and no more at once.")


async def check_free(session: AsyncSession, account: Account) -> None:
    """The same, and raise `Away` where they take no conversations now."""
    if not account.on_duty:
        raise Away(f"{account.username} is away.", agent=account.username)
    await check_room(session, account)


async def how_many_held(session: AsyncSession, username: str) -> int:
    """How many conversations an agent holds."""
    theirs = (Handoff.agent == username, Handoff.status == "active")
    return await session.scalar(select(func.count()).select_from(Handoff).where(*theirs)) or 0


async def held(session: AsyncSession, conversation_id: UUID, agent: str | None = None) -> tuple[Conversation, Handoff]:
    """A conversation that an agent holds, and the taking over; both ours until the transaction ends.

    `agent`: the username of whoever acts; None: a machine for whoever holds it. Raises `NotFound`, and `Conflict` where
    nobody holds it or another does (`details["agent"]`).
    """
    conversation = await locked(session, conversation_id)
    handoff = await open_handoff(session, conversation_id)
    if handoff is None or handoff.status != "active":
        raise Conflict("No agent has this conversation.")
    if agent not in (None, handoff.agent):
        raise Conflict(f"{handoff.agent} has this conversation.", agent=handoff.agent)
    return conversation, handoff


async def give(session: AsyncSession, conversation: Conversation, handoff: Handoff, account: Account) -> None:
    """Give a conversation to an agent, and tell the person; each time it changes hands, once."""
    handoff.status, handoff.agent, handoff.taken_at = "active", account.username, now()
    conversation.mode = "agent"
    await session.flush()
    text = sentence("agent_took", conversation.language).format(agent=account.display_name)
    key = f"taken:{handoff.id}:{handoff.taken_at.isoformat()}"
    await outbox.say(session, conversation, text, role="system", dedupe_key=key)

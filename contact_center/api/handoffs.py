"""Conversations that wait for a human being, for the console and other machines: take, answer, hand back."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, ListenerOf, StaffOrKey
from contact_center.conversations import agent_form, handoff, handoff_queries
from contact_center.conversations.models import Conversation, Handoff
from contact_center.conversations.outcomes import Outcome
from contact_center.conversations.waiting import handled

ANSWER_SECONDS = 10.0
"""How long a request waits for the assistant to take in what was set in the form."""

router = APIRouter(prefix="/api/v1", tags=["handoffs"])


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Taking(_Body):
    """The username of the agent who takes the conversation."""

    agent: str = Field(min_length=1, max_length=100)


class Ending(_Body):
    """What became of it, as the agent says."""

    outcome: Outcome


class Said(_Body):
    """What the agent says."""

    text: str = Field(min_length=1, max_length=4000)


@router.get("/handoffs")
async def waiting(database: DatabaseOf, _actor: StaffOrKey) -> list[dict[str, Any]]:
    """Who waits, longest first: `[{conversation, channel, reason, language, status, requested_at, agent}]`."""
    async with database.transaction() as session:
        return [as_json(wish, conversation) for wish, conversation in await handoff_queries.waiting(session)]


@router.post("/handoffs/next")
async def take_next(body: Taking, database: DatabaseOf, actor: StaffOrKey) -> dict[str, Any] | None:
    """Have an agent take whoever has waited longest in a language of theirs; null where nobody waits.

    409 where the agent is away (`agent_away`) or has no room (`agent_full`).
    """
    async with database.transaction() as session:
        wish = await handoff.take_next(session, body.agent, actor=actor)
        return as_json(wish, await session.get_one(Conversation, wish.conversation_id)) if wish else None


@router.post("/conversations/{conversation}/take")
async def take(conversation: UUID, body: Taking, database: DatabaseOf, actor: StaffOrKey) -> dict[str, Any]:
    """Take a conversation over; 409 where another agent has it, or this one has no room (`agent_full`)."""
    async with database.transaction() as session:
        wish = await handoff.take(session, conversation, body.agent, actor=actor)
        return as_json(wish, await session.get_one(Conversation, conversation))


@router.post("/conversations/{conversation}/messages", status_code=201)
async def say(
    conversation: UUID,
    body: Said,
    database: DatabaseOf,
    actor: StaffOrKey,
    key: IdempotencyKey = None,
) -> dict[str, str]:
    """Say something as the agent; a repeat with the same `Idempotency-Key` says nothing more.

    409 without an agent, and for an agent who does not have it; a key speaks for the one who does.
    """
    async with database.transaction() as session:
        await handoff.say(session, conversation, body.text, agent=_agent(actor), key=key)
    return {"conversation": str(conversation), "mode": "agent"}


@router.patch("/conversations/{conversation}/draft")
async def edit(
    conversation: UUID,
    fields: dict[str, Any],
    database: DatabaseOf,
    listener: ListenerOf,
    actor: StaffOrKey,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Set fields of the person's half-filled case, who hears nothing of it: `{conversation, expects, draft, refused}`
    after the assistant has taken them in. `refused`: the fields that it could not take. 409 as saying something."""
    async with database.transaction() as session:
        inbox_id = await agent_form.edit(session, conversation, fields, agent=_agent(actor), key=key)
        before = (await session.get_one(Conversation, conversation)).draft
    in_time = inbox_id is None or await handled(database, listener, conversation, inbox_id, ANSWER_SECONDS)
    async with database.transaction() as session:
        now = await session.get_one(Conversation, conversation)
    refused = [name for name in fields if in_time and _stayed(fields[name], before.get(name), now.draft.get(name))]
    return {"conversation": str(conversation), "expects": now.expects, "draft": now.draft, "refused": refused}


@router.post("/conversations/{conversation}/transfer")
async def transfer(conversation: UUID, body: Taking, database: DatabaseOf, actor: StaffOrKey) -> dict[str, Any]:
    """Have another agent take over; 409 as saying something, and where they are away or have no room."""
    async with database.transaction() as session:
        wish = await handoff.transfer(session, conversation, body.agent, agent=_agent(actor), actor=actor)
        return as_json(wish, await session.get_one(Conversation, conversation))


@router.post("/conversations/{conversation}/resolve")
async def resolve(conversation: UUID, body: Ending, database: DatabaseOf, actor: StaffOrKey) -> dict[str, str]:
    """End a conversation with what became of it; the assistant answers from then on. 409 as saying something."""
    async with database.transaction() as session:
        await handoff.resolve(session, conversation, body.outcome, agent=_agent(actor), actor=actor)
    return {"conversation": str(conversation), "mode": "assistant"}


@router.post("/conversations/{conversation}/release")
async def release(conversation: UUID, database: DatabaseOf, actor: StaffOrKey) -> dict[str, str]:
    """Hand a conversation back to the assistant; 409 as saying something."""
    async with database.transaction() as session:
        await handoff.release(session, conversation, agent=_agent(actor), actor=actor)
    return {"conversation": str(conversation), "mode": "assistant"}


def as_json(wish: Handoff, conversation: Conversation) -> dict[str, Any]:
    """A wish for a human being as machines read it."""
    return {
        "conversation": str(conversation.id),
        "channel": conversation.channel,
        "reason": wish.reason,
        "language": wish.language,
        "status": wish.status,
        "requested_at": wish.requested_at.isoformat(),
        "agent": wish.agent,
    }


def _agent(actor: str) -> str | None:
    """The username of an agent who acts; None for a machine, which acts for whoever has the conversation."""
    kind, _, name = actor.partition(":")
    return name if kind == "account" else None


def _stayed(wanted: object, before: object, after: object) -> bool:
    """Whether a field is as it was though something else was to stand there."""
    return after == before and (wanted or None) not in (before, None)

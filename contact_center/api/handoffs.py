"""Conversations that wait for a human being, for the console and other machines: take, answer, hand back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, staff_or_key
from contact_center.conversations import handoff, handoff_queries
from contact_center.conversations.models import Conversation, Handoff

router = APIRouter(prefix="/api/v1", tags=["handoffs"])
Actor = Annotated[str, Depends(staff_or_key)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Taking(_Body):
    """The username of the agent who takes the conversation."""

    agent: str = Field(min_length=1, max_length=100)


class Said(_Body):
    """What the agent says."""

    text: str = Field(min_length=1, max_length=4000)


@router.get("/handoffs")
async def waiting(database: DatabaseOf, _actor: Actor) -> list[dict[str, Any]]:
    """Who waits, longest first: `[{conversation, channel, reason, language, status, requested_at, agent}]`."""
    async with database.transaction() as session:
        return [as_json(wish, conversation) for wish, conversation in await handoff_queries.waiting(session)]


@router.post("/conversations/{conversation}/take")
async def take(conversation: UUID, body: Taking, database: DatabaseOf, actor: Actor) -> dict[str, Any]:
    """Take a conversation over; 409 where another agent has it."""
    async with database.transaction() as session:
        wish = await handoff.take(session, conversation, body.agent, actor=actor)
        return as_json(wish, await session.get_one(Conversation, conversation))


@router.post("/conversations/{conversation}/messages", status_code=201)
async def say(
    conversation: UUID,
    body: Said,
    database: DatabaseOf,
    _actor: Actor,
    key: IdempotencyKey = None,
) -> dict[str, str]:
    """Say something as the agent; a repeat with the same `Idempotency-Key` says nothing more. 409 without an agent."""
    async with database.transaction() as session:
        await handoff.say(session, conversation, body.text, key=key)
    return {"conversation": str(conversation), "mode": "agent"}


@router.post("/conversations/{conversation}/release")
async def release(conversation: UUID, database: DatabaseOf, actor: Actor) -> dict[str, str]:
    """Hand a conversation back to the assistant; 409 where no agent has it."""
    async with database.transaction() as session:
        await handoff.release(session, conversation, actor=actor)
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

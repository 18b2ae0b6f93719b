"""Who is chatting: a conversation of its own for each browser, known by a bearer token that only the browser has."""

import secrets
from hashlib import sha256
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Header
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.api.dependencies import DatabaseOf
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation
from contact_center.errors import Unauthenticated


async def begin_chat(session: AsyncSession) -> tuple[Conversation, str]:
    """A new conversation and the token for it; only the token's SHA-256 is kept."""
    conversation_id, token = uuid4(), secrets.token_urlsafe(32)
    identity = await identity_for(session, ChannelCode.WEBCHAT, str(conversation_id), None, None)
    conversation = await begin(
        session, ChannelCode.WEBCHAT, str(conversation_id), identity, id=conversation_id, token_hash=_hash(token)
    )
    return conversation, token


async def chatting(database: DatabaseOf, authorization: Annotated[str, Header()] = "") -> Conversation:
    """The conversation of the bearer token; raises `Unauthenticated`."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Begin a chat first.")
    async with database.transaction() as session:
        statement = select(Conversation).where(Conversation.token_hash == _hash(token.strip()))
        conversation = (await session.execute(statement)).scalar_one_or_none()
    if conversation is None:
        raise Unauthenticated("This chat is not known here.")
    return conversation


Chatting = Annotated[Conversation, Depends(chatting)]


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()

"""The web chat's HTTP: the page, a session, messages in, and the assistant's lines out as server-sent events."""

import json
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from contact_center.api.dependencies import DatabaseOf, ListenerOf, StorageOf
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.chat.incoming import Incoming, read
from contact_center.chat.page import render
from contact_center.chat.sessions import Chatting, begin_chat
from contact_center.conversations.inbox import store
from contact_center.conversations.lines import as_line
from contact_center.conversations.models import Conversation
from contact_center.conversations.queries import assistant_lines, transcript
from contact_center.database import Database
from contact_center.errors import InvalidInput
from contact_center.listening import Listener

PING_SECONDS = 15

router = APIRouter(tags=["chat"])
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)]


@router.get("/chat", response_class=HTMLResponse, include_in_schema=False)
async def page(request: Request, lang: str = "ar") -> HTMLResponse:
    """The chat page, made for a phone."""
    return HTMLResponse(render("en" if lang == "en" else "ar"))


@router.post("/chat/sessions", status_code=201)
async def begin(database: DatabaseOf) -> dict[str, str]:
    """Begin a chat: `{conversation, token}`; the token is the bearer token of all that follows."""
    async with database.transaction() as session:
        conversation, token = await begin_chat(session)
    return {"conversation": str(conversation.id), "token": token}


@router.post("/chat/messages", status_code=202)
async def say(
    request: Request, conversation: Chatting, database: DatabaseOf, storage: StorageOf, key: Key = None
) -> dict[str, str]:
    """Say something: JSON `{"text"}`, `{"payload"}` or `{"location"}`, or multipart with files.

    Repeating a message with its `Idempotency-Key` is harmless: that is how a client makes sure after a lost connection.
    """
    key = key or secrets.token_hex(12)
    incoming = await read(request, database, storage, conversation.id, key)
    async with database.transaction() as session:
        await store(session, await session.merge(conversation, load=False), _message(conversation, incoming, key))
    return {"id": key}


@router.get("/chat/history")
async def history(conversation: Chatting, database: DatabaseOf) -> list[dict[str, Any]]:
    """Both sides, oldest first, for a page that was loaded again: `[{role, text, media, location}]`."""
    async with database.transaction() as session:
        return [_for_reload(line.role, line.content) for line in await transcript(session, conversation.id)]


@router.get("/chat/events")
async def events(
    conversation: Chatting,
    database: DatabaseOf,
    listener: ListenerOf,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """The assistant's lines as server-sent events, from the one after `Last-Event-ID` on."""
    after = _event_id(last_event_id)
    return EventSourceResponse(_lines(database, listener, conversation.id, after), ping=PING_SECONDS)


async def _lines(
    database: Database, listener: Listener, conversation: UUID, after: int
) -> AsyncIterator[ServerSentEvent]:
    with listener.watch(conversation) as changed:
        while True:
            changed.clear()
            async with database.transaction() as session:
                lines = await assistant_lines(session, conversation, after)
            for line in lines:
                after = line.id
                yield ServerSentEvent(json.dumps(as_line(line), ensure_ascii=False), id=str(line.id))
            await changed.wait()


def _message(conversation: Conversation, incoming: Incoming, key: str) -> InboundMessage:
    return InboundMessage(
        channel=ChannelCode.WEBCHAT,
        address=conversation.address,
        provider_id=f"{conversation.id}:{key}",
        text=incoming.text,
        button=incoming.payload,
        location=incoming.location,
        media=incoming.media,
        unsupported=incoming.unsupported,
    )


def _for_reload(role: str, content: dict[str, Any]) -> dict[str, Any]:
    media = [part.get("filename") or part["kind"] for part in content.get("media", [])]
    return {"role": role, "text": content.get("text"), "media": media, "location": content.get("location")}


def _event_id(value: str | None) -> int:
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput("Last-Event-ID is not one of ours.")
    return int(value)

"""The web chat's HTTP: the page, a session, messages in, and the assistant's lines out as server-sent events."""

import json
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sse_starlette import EventSourceResponse, ServerSentEvent

from contact_center.api.dependencies import DatabaseOf, ListenerOf, StorageOf
from contact_center.attachments import service as attachments
from contact_center.attachments.queries import by_id
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.chat import page
from contact_center.chat.history import as_events, both_sides
from contact_center.chat.incoming import Incoming, read
from contact_center.chat.sessions import Chatting, begin_chat
from contact_center.chat.throttle import may_begin
from contact_center.conversations.inbox import store
from contact_center.conversations.models import Conversation
from contact_center.conversations.queries import assistant_lines, went_out
from contact_center.database import Database
from contact_center.errors import InvalidInput, NotFound
from contact_center.listening import Listener

PING_SECONDS = 15
FILE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

log = structlog.get_logger()
router = APIRouter(tags=["chat"])
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=100)]


async def _private(response: Response) -> None:
    """What one person reads is kept by no cache."""
    response.headers["Cache-Control"] = "no-store"


@router.get("/chat", response_class=HTMLResponse, include_in_schema=False)
async def chat_page(lang: str = "ar") -> HTMLResponse:
    """The chat page, made for a phone."""
    return HTMLResponse(page.render(lang), headers=page.HEADERS)


@router.get("/chat/static/{name}", include_in_schema=False)
async def static(name: str, request: Request) -> Response:
    """The page's scripts and styles."""
    return await page.static_file(name, request.scope)


@router.post("/chat/sessions", status_code=201, dependencies=[Depends(may_begin), Depends(_private)])
async def begin(database: DatabaseOf) -> dict[str, str]:
    """Begin a chat: `{conversation, token}`; the token is the bearer token of all that follows."""
    async with database.transaction() as session:
        conversation, token = await begin_chat(session)
    return {"conversation": str(conversation.id), "token": token}


@router.post("/chat/messages", status_code=202, dependencies=[Depends(_private)])
async def say(
    request: Request, conversation: Chatting, database: DatabaseOf, storage: StorageOf, key: Key = None
) -> dict[str, str]:
    """Say something: JSON `{"text"}`, `{"payload"}` or `{"location"}`, or multipart: `file` (several) and `text`.

    Repeating a message with its `Idempotency-Key` is harmless: that is how a client makes sure after a lost connection.
    """
    key = key or secrets.token_hex(12)
    incoming = await read(request, database, storage, conversation.id, key)
    async with database.transaction() as session:
        await store(session, await session.merge(conversation, load=False), _message(conversation, incoming, key))
    return {"id": key}


@router.get("/chat/history", dependencies=[Depends(_private)])
async def history(conversation: Chatting, database: DatabaseOf) -> list[dict[str, Any]]:
    """Both sides, oldest first, for a page that was loaded again (`contact_center.chat.history`)."""
    async with database.transaction() as session:
        return await both_sides(session, conversation.id)


@router.get("/chat/files/{file_id}")
async def sent_file(file_id: UUID, conversation: Chatting, database: DatabaseOf, storage: StorageOf) -> FileResponse:
    """A file that was sent in this chat, by either side. Raises `NotFound` for any other."""
    async with database.transaction() as session:
        found = await attachments.find(session, conversation.id, str(file_id), "")
        if found is None and await went_out(session, conversation.id, file_id):
            found = await by_id(session, file_id)
    if found is None:
        raise NotFound("There is no such file in this chat.")
    path = storage.path(found.storage_key)
    return FileResponse(path, media_type=found.media_type, filename=found.filename, headers=FILE_HEADERS)


@router.get("/chat/events")
async def events(
    conversation: Chatting,
    database: DatabaseOf,
    listener: ListenerOf,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """The assistant's lines as server-sent events, from the one after `Last-Event-ID` on."""
    lines = _lines(database, listener, conversation.id, _event_id(last_event_id))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(lines, ping=PING_SECONDS, headers=headers)


async def _lines(
    database: Database, listener: Listener, conversation: UUID, after: int
) -> AsyncIterator[ServerSentEvent]:
    """For ever; ends where the database does not answer: the client comes back with the last id it has seen."""
    with listener.watch(conversation) as changed:
        while True:
            changed.clear()
            try:
                async with database.transaction() as session:
                    lines = await as_events(session, await assistant_lines(session, conversation, after))
            except (DBAPIError, PoolTimeout, OSError) as error:
                log.warning("events_broken_off", conversation=str(conversation), error=type(error).__name__)
                return
            for line in lines:
                after = int(line["id"])
                yield ServerSentEvent(json.dumps(line, ensure_ascii=False), id=line["id"])
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
    )


def _event_id(value: str | None) -> int:
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput("Last-Event-ID is not one of ours.")
    return int(value)

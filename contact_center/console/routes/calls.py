"""Calls: take one, and the page on which it is held. What is said and set goes to /api/v1/calls."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from contact_center.accounts import audit, sessions
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf, ListenerOf, SettingsOf, staff_cookie
from contact_center.console import case_list
from contact_center.console.call_view import call_state
from contact_center.console.case_rows import rows
from contact_center.console.draft_form import FIELDS, few_choices
from contact_center.console.permissions import takes_calls
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import CallDesk, actor
from contact_center.console.words import section
from contact_center.conversations import call_desk
from contact_center.database import Database
from contact_center.errors import InvalidInput
from contact_center.listening import Listener

PING_SECONDS = 15

router = APIRouter(prefix="/calls")


@router.get("/new")
async def new(request: Request, account: CallDesk) -> Response:
    """Who is calling?"""
    return page(request, "call_new.html", phone="", fault=False)


@router.post("")
async def begin(
    request: Request,
    account: CallDesk,
    database: DatabaseOf,
    phone: Annotated[str, Form(max_length=40)] = "",
    withheld: Annotated[bool, Form()] = False,
) -> Response:
    """Take a call from a number in any writing, or from one that is withheld."""
    if not withheld and not phone.strip():
        return page(request, "call_new.html", 422, phone="", fault=True)
    try:
        async with database.transaction() as session:
            call = await call_desk.begin_call(session, None if withheld else phone)
            await audit.record(session, actor(account), "call.begin", str(call.id))
    except InvalidInput:
        return page(request, "call_new.html", 422, phone=phone, fault=True)
    return RedirectResponse(f"{BASE}/calls/{call.id}", 303)


@router.get("/{conversation}")
async def show(request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf) -> Response:
    """The page of a call: the conversation, the form beside it, the caller's earlier cases."""
    language = language_of(request)
    async with database.transaction() as session:
        call = await call_desk.call(session, conversation)
        known = await catalogue(session)
        earlier = await case_list.of_caller(session, call.caller_phone)
        earlier_rows = await rows(session, earlier, known, language)
    return page(
        request,
        "call.html",
        call=call,
        earlier=earlier_rows,
        fields=FIELDS,
        choices=few_choices(known, language),
        script_words=section("call_script", language),
    )


@router.get("/{conversation}/state")
async def state(request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf) -> dict[str, Any]:
    """Everything that changes in a call, see `call_view.call_state`."""
    async with database.transaction() as session:
        return await call_state(session, conversation, language_of(request))


@router.get("/{conversation}/events")
async def events(
    request: Request,
    conversation: UUID,
    account: CallDesk,
    database: DatabaseOf,
    listener: ListenerOf,
    settings: SettingsOf,
) -> EventSourceResponse:
    """The same as server-sent events: at once, and whenever something changed, until the session ends."""
    token = request.cookies[staff_cookie(settings)]
    return EventSourceResponse(
        _states(database, listener, conversation, token, language_of(request)), ping=PING_SECONDS
    )


async def _states(
    database: Database, listener: Listener, conversation: UUID, token: str, language: str
) -> AsyncIterator[ServerSentEvent]:
    with listener.watch(conversation) as changed:
        while True:
            changed.clear()
            async with database.transaction() as session:
                account = await sessions.find(session, token)
                if account is None or not takes_calls(account):
                    return
                current = await call_state(session, conversation, language)
            yield ServerSentEvent(json.dumps(current, ensure_ascii=False))
            await changed.wait()

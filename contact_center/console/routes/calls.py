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
from contact_center.cases.lifecycle import OPEN
from contact_center.console import case_list
from contact_center.console.call_view import TOLD, call_state, to_be_told
from contact_center.console.caller_view import known_of
from contact_center.console.case_rows import rows
from contact_center.console.draft_form import FIELDS, few_choices
from contact_center.console.permissions import takes_calls
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import CallDesk, actor
from contact_center.console.words import section
from contact_center.console.wrap_up import Written, already_written, in_bahrain
from contact_center.conversations import call_desk
from contact_center.database import Database
from contact_center.errors import InvalidInput
from contact_center.listening import Listener
from contact_center.telephone import service as telephone
from contact_center.telephone.outcomes import WRITTEN

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
            await telephone.typed(session, call, account.username)
            await audit.record(session, actor(account), "call.begin", str(call.id))
    except InvalidInput:
        return page(request, "call_new.html", 422, phone=phone, fault=True)
    return RedirectResponse(f"{BASE}/calls/{call.id}", 303)


@router.get("/{conversation}")
async def show(request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf) -> Response:
    """The page of a call: the conversation, the form beside it, who calls and their earlier cases."""
    return await _page(request, database, conversation)


@router.post("/{conversation}/wrap-up")
async def wrap_up(
    request: Request,
    conversation: UUID,
    account: CallDesk,
    database: DatabaseOf,
    outcome: Annotated[str, Form(max_length=40)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    callback_at: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Write what became of the call; `callback_at`: a day and time in Bahrain."""
    try:
        async with database.transaction() as session:
            at = in_bahrain(callback_at)
            await telephone.wrap_up(session, conversation, outcome, note, at, account.username)
    except InvalidInput as error:
        fault = str(error.details["field"])
        return await _page(request, database, conversation, Written(outcome, note, callback_at, fault), status=422)
    return RedirectResponse(f"{BASE}/calls?done=wrapped_up", 303)


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


async def _page(
    request: Request, database: Database, conversation: UUID, written: Written | None = None, status: int = 200
) -> Response:
    """The page of a call; `written`: what cannot be kept as it is."""
    language = language_of(request)
    async with database.transaction() as session:
        call = await call_desk.call(session, conversation)
        known = await catalogue(session)
        earlier = await rows(session, await case_list.of_caller(session, call.caller_phone), known, language)
        caller = await known_of(session, conversation, call.caller_phone)
    return page(
        request,
        "call.html",
        status,
        call=call,
        caller=caller,
        telephone=to_be_told(caller.phone_call),
        telephone_states=TOLD,
        open_cases=[row for row in earlier if row.case.status in OPEN],
        earlier=[row for row in earlier if row.case.status not in OPEN],
        fields=FIELDS,
        choices=few_choices(known, language),
        script_words=section("call_script", language),
        outcomes=WRITTEN,
        written=written or already_written(caller.phone_call),
    )


async def _states(
    database: Database, listener: Listener, conversation: UUID, token: str, language: str
) -> AsyncIterator[ServerSentEvent]:
    """Watches the SMS too by which the caller gets the number: their state is shown in the call."""
    topics = {str(conversation)}
    while True:
        with listener.watch(*topics) as changed:
            async with database.transaction() as session:
                account = await sessions.find(session, token)
                if account is None or not takes_calls(account):
                    return
                current = await call_state(session, conversation, language)
            besides = {sms["conversation"] for sms in current["told"]} - topics
            if not besides:
                yield ServerSentEvent(json.dumps(current, ensure_ascii=False))
                await changed.wait()
        topics |= besides

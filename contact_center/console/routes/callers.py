"""Who calls and waits, who is to be called back, and the log of calls. What is said in a call is in `calls`."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.api.dependencies import DatabaseOf, VoiceOf
from contact_center.channels.base import SendError
from contact_center.channels.twilio_voice import CallGone, VoiceLine
from contact_center.console import caller_view
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import CallDesk, actor
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from contact_center.telephone import callbacks, queries, queue, service
from contact_center.telephone.models import PhoneCall
from contact_center.telephone.outcomes import Result

router = APIRouter(prefix="/calls")
log = structlog.get_logger()


@router.get("")
async def show(request: Request, account: CallDesk, database: DatabaseOf, voice: VoiceOf, done: str = "") -> Response:
    """Who waits, longest first, and who is to be called back. `done`: what has just become of something here."""
    async with database.transaction() as session:
        waits = await caller_view.who_waits(session)
        to_call = await caller_view.to_call(session, await callbacks.open_ones(session))
        line = await queries.line_of(session, account.username)
    return page(
        request, "callers.html", waits=waits, to_call=to_call, line=line, line_on=voice is not None, done=done,
        results=list(Result),
    )  # fmt: skip


@router.post("/queue/{call_id}/take")
async def take(call_id: UUID, account: CallDesk, database: DatabaseOf, voice: VoiceOf) -> Response:
    """Take a caller: the agent's telephone rings, and the page of the call opens."""
    if voice is None:
        return _back("line_off")
    try:
        async with database.transaction() as session:
            call = await service.take(session, call_id, account.username)
    except InvalidInput:
        return _back("no_line")
    except Conflict:
        return _back("gone")
    return await _put_through(database, voice, call)


@router.post("/line")
async def line(account: CallDesk, database: DatabaseOf, line: Annotated[str, Form(max_length=120)] = "") -> Response:
    """Say where one is rung."""
    try:
        async with database.transaction() as session:
            await service.ring_at(session, account.username, line)
    except InvalidInput:
        return _back("bad_line")
    return _back("line")


@router.post("/callbacks/{callback_id}")
async def settle(
    callback_id: UUID, account: CallDesk, database: DatabaseOf, result: Annotated[Result, Form()]
) -> Response:
    """Say what came of calling somebody back."""
    try:
        async with database.transaction() as session:
            await callbacks.settle(session, callback_id, result, actor=actor(account))
    except Conflict:
        return _back("settled_before")
    return _back("settled")


@router.get("/log")
async def show_log(request: Request, account: CallDesk, database: DatabaseOf, after: str = "") -> Response:
    """All calls, the newest first; `after`: the last one of the page before."""
    async with database.transaction() as session:
        logged, last = await caller_view.logged(session, _place(after))
    return page(request, "call_log.html", logged=logged, next_page=_as_place(last) if last else None)


async def _put_through(database: Database, voice: VoiceLine, call: PhoneCall) -> Response:
    """Have the provider ring the agent. No transaction is open meanwhile."""
    try:
        await voice.bring(call.provider_id or "", queue.step_of(call))
    except CallGone:
        async with database.transaction() as session:
            await service.end_by_id(session, call.id)
        return _back("gone")
    except SendError as error:
        log.warning("call_not_put_through", call=str(call.id), code=error.code, reason=str(error))
        async with database.transaction() as session:
            await service.give_back_by_id(session, call.id, call.times_taken)
        return _back("not_put_through")
    return RedirectResponse(f"{BASE}/calls/{call.conversation_id}", 303)


def _back(done: str) -> Response:
    return RedirectResponse(f"{BASE}/calls?done={done}", 303)


def _as_place(call: PhoneCall) -> str:
    return f"{call.began_at.isoformat()}_{call.id}"


def _place(text: str) -> tuple[datetime, UUID] | None:
    """A place in the log. Raises `InvalidInput`."""
    began, _, call_id = text.partition("_")
    try:
        return (datetime.fromisoformat(began), UUID(call_id)) if text else None
    except ValueError as error:
        raise InvalidInput("There is no such page.") from error

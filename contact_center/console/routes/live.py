"""What happens meanwhile: pages are told that there is something new, and ask for it themselves."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from contact_center.accounts import sessions
from contact_center.accounts.models import Account
from contact_center.api.dependencies import DatabaseOf, ListenerOf, SettingsOf, staff_cookie
from contact_center.cases.models import Case
from contact_center.console.case_view import sees
from contact_center.console.permissions import agency_seen, serves_people, takes_calls
from contact_center.console.rendering import page
from contact_center.console.staff import Staff
from contact_center.console.waiting import desk_of, newest_event
from contact_center.database import Database
from contact_center.errors import NotFound
from contact_center.listening import HANDOFFS, Listener, case_topic, cases_topic
from contact_center.privacy import requests
from contact_center.telephone.service import WAITING

PING_SECONDS = 15
AT_MOST_EVERY_SECONDS = 1.0
"""What happens in between is told together."""
SIGNED_IN_STILL_SECONDS = 60.0
"""So often it is looked whether the reader still is."""

router = APIRouter()


@router.get("/events")
async def events(
    request: Request,
    account: Staff,
    database: DatabaseOf,
    listener: ListenerOf,
    settings: SettingsOf,
    since: int,
    waits: bool = False,
    case: UUID | None = None,
    conversation: UUID | None = None,
) -> EventSourceResponse:
    """Server-sent events without content until the reader's session ends: `cases` when something happened to a case
    that they may see, and, where it is given, `case` when that was this one; to the call desk `callers` when somebody
    begins or ceases to wait, `handoffs` when that is so of who wants a human being or who serves them, and, where it
    is given, `conversation` when something was said in this one; to whoever serves people `requests` when something is
    asked for one or decided. `since`: the newest event that the page knows of; where there are newer ones, it is told
    at once. `waits`: whether anybody waits as far as it knows; where anybody does, then or now, that is told too. Of
    its conversation a page is told once at the beginning.
    """
    agency = agency_seen(account)
    if case is not None:
        async with database.transaction() as session:
            found = await session.get(Case, case)
            if found is None or not await sees(session, account, found):
                raise NotFound("There is no such case.")
    topics = {"cases": cases_topic(agency)} | ({"case": case_topic(case)} if case else {})
    if takes_calls(account):
        topics |= {"callers": WAITING, "handoffs": HANDOFFS}
        topics |= {"conversation": str(conversation)} if conversation else {}
    topics |= {"requests": requests.TOPIC} if serves_people(account) else {}
    token = request.cookies[staff_cookie(settings)]
    changes = _changes(database, listener, topics, token, account, since=since, waits=waits)
    return EventSourceResponse(changes, ping=PING_SECONDS)


@router.get("/waiting")
async def waiting(request: Request, account: Staff, at: str = "") -> Response:
    """The head's links with what waits behind them, for the page at the address `at`."""
    return page(request, "parts/nav.html", path=at)


async def _changes(
    database: Database,
    listener: Listener,
    topics: dict[str, str],
    token: str,
    account: Account,
    *,
    since: int,
    waits: bool,
) -> AsyncIterator[ServerSentEvent]:
    with contextlib.ExitStack() as watched:
        changed = {name: watched.enter_context(listener.watch(topic)) for name, topic in topics.items()}
        async with database.transaction() as session:
            cases = await newest_event(session) > since
            desk = await desk_of(session, account)
        someone = waits or desk.any
        told = {"callers": someone, "handoffs": someone, "requests": bool(desk.to_decide), "conversation": True}
        for name, event in changed.items():
            if told.get(name, cases):
                event.set()
        while await _still_signed_in(database, token):
            for name in await _news(changed):
                yield ServerSentEvent("", event=name)
            await asyncio.sleep(AT_MOST_EVERY_SECONDS)


async def _news(changed: dict[str, asyncio.Event]) -> list[str]:
    """The names of what changed since the last time; after a while without anything, none."""
    tasks = [asyncio.create_task(event.wait()) for event in changed.values()]
    try:
        await asyncio.wait(tasks, timeout=SIGNED_IN_STILL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    news = [name for name, event in changed.items() if event.is_set()]
    for name in news:
        changed[name].clear()
    return news


async def _still_signed_in(database: Database, token: str) -> bool:
    async with database.transaction() as session:
        return await sessions.find(session, token) is not None

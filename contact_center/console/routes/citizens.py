"""People: finding one, and all that is known of them. Every opening is noted in the audit trail."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases.reference import WrongCheckDigit
from contact_center.console.call_view import note
from contact_center.console.person_view import names_in, requests_view, view
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import PeopleReader, PeopleServer, actor
from contact_center.console.transcripts import transcript
from contact_center.conversations.subscription import has_a_say, set_by_staff
from contact_center.errors import NotFound
from contact_center.privacy import held, requests
from contact_center.privacy.person import Person, person
from contact_center.privacy.search import search

HOME = f"{BASE}/citizens"

router = APIRouter(prefix="/citizens")


@router.get("")
async def find(
    request: Request, account: PeopleReader, database: DatabaseOf, q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Find somebody by a phone in any writing or by a reference number; and what waits for a second person.

    Whoever is found alone is opened at once.
    """
    hits, mistyped = [], False
    async with database.transaction() as session:
        try:
            hits = list(await search(session, q)) if q.strip() else []
        except WrongCheckDigit:
            mistyped = True
        waiting = await requests.waiting(session)
        names = await names_in(session, waiting)
    if len(hits) == 1:
        return RedirectResponse(f"{HOME}/{hits[0].id}", 303)
    return page(request, "citizens.html", q=q, hits=hits, mistyped=mistyped, waiting_requests=waiting, names=names)


@router.get("/{citizen_id}")
async def show(
    request: Request, citizen_id: UUID, account: PeopleReader, database: DatabaseOf, done: str = "", fault: str = ""
) -> Response:
    """A person's page. `done`, `fault`: what has just been done there, or why not."""
    async with database.transaction() as session:
        known = await person(session, citizen_id)
        if known.id != citizen_id:
            return RedirectResponse(f"{HOME}/{known.id}", 303)
        seen = await view(session, account, known, language_of(request))
        await audit.record(session, actor(account), "citizen.open", str(known.id))
    return page(request, "citizen.html", view=seen, done=done, fault=fault)


@router.get("/{citizen_id}/requests")
async def show_requests(request: Request, citizen_id: UUID, account: PeopleServer, database: DatabaseOf) -> Response:
    """The part of the page that says what was asked for the person; nothing of theirs is in it."""
    async with database.transaction() as session:
        seen = await requests_view(session, account, await person(session, citizen_id))
    return page(request, "parts/privacy_requests.html", requests=seen)


@router.get("/{citizen_id}/conversations/{conversation_id}")
async def read(
    request: Request, citizen_id: UUID, conversation_id: UUID, account: PeopleReader, database: DatabaseOf
) -> Response:
    """What was said in one of their conversations."""
    async with database.transaction() as session:
        known = await person(session, citizen_id)
        found = await held.conversation(session, known, conversation_id)
        if found is None:
            raise NotFound("There is no such conversation of theirs.")
        lines = await transcript(session, found.id)
        await audit.record(session, actor(account), "citizen.read", str(known.id), conversation=str(found.id))
    return page(request, "citizen_talk.html", person=known, conversation=found, lines=lines, note=note)


@router.post("/{citizen_id}/identities/{identity_id}/messages")
async def set_messages(
    citizen_id: UUID, identity_id: UUID, account: PeopleServer, database: DatabaseOf, wanted: Annotated[bool, Form()]
) -> Response:
    """Stop or start what is sent to one of their addresses, because they have asked for it."""
    async with database.transaction() as session:
        known = await person(session, citizen_id)
        changed = await _set(session, known, identity_id, wanted, actor(account))
    done = ("messages_on" if wanted else "messages_off") if changed else "unchanged"
    return RedirectResponse(f"{HOME}/{known.id}?done={done}", 303)


async def _set(session: AsyncSession, known: Person, identity_id: UUID, wanted: bool, who: str) -> bool:
    theirs = (identity for identity in known.identities if identity.id == identity_id and has_a_say(identity))
    identity = next(theirs, None)
    if identity is None or known.erased:
        raise NotFound("There is no such address of theirs.")
    await session.refresh(identity, with_for_update=True)
    changed = set_by_staff(identity, wanted=wanted)
    if changed:
        where = {"channel": identity.channel}
        await audit.record(
            session, who, "citizen.messages_on" if wanted else "citizen.messages_off", str(known.id), **where
        )
    return changed

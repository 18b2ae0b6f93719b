"""One conversation: read by all who take conversations, written in by the one who has it.

What is set in the form goes to /api/v1/conversations.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.console.conversation_view import find, standing_of, state, view
from contact_center.console.draft_form import FIELDS, few_choices
from contact_center.console.forms import WithFiles, sent
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import CallDesk, actor
from contact_center.console.words import section
from contact_center.conversations import handoff, notes
from contact_center.conversations.holding import Away, Full
from contact_center.conversations.outcomes import Outcome
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput

HOME = f"{BASE}/conversations"
MOST_LETTERS = 4000

router = APIRouter(prefix="/conversations/{conversation}")


@router.get("")
async def show(
    request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf, done: str = ""
) -> Response:
    """Its page. `done`: what has just been done, or why not."""
    language = language_of(request)
    async with database.transaction() as session:
        known = await catalogue(session)
        seen = await view(session, account, conversation, known, language)
    return page(
        request,
        "conversation.html",
        view=seen,
        standing=standing_of(seen.handoff, account),
        done=done,
        fields=FIELDS,
        choices=few_choices(known, language),
        outcomes=list(Outcome),
        most_letters=MOST_LETTERS,
        script_words=section("talk_script", language),
        canned=[{"title": one.title_en if language == "en" else one.title_ar, "text": one.text} for one in seen.canned],
    )


@router.get("/state")
async def show_state(request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf) -> dict[str, Any]:
    """Everything that changes in it, see `conversation_view.state`."""
    async with database.transaction() as session:
        return await state(session, account, conversation, language_of(request))


@router.post("/messages", status_code=201)
async def say(
    request: Request, conversation: UUID, account: CallDesk, database: DatabaseOf, storage: StorageOf
) -> dict[str, str]:
    """Say something, with photos; 409 for whoever does not have the conversation."""
    async with sent(request, storage, WithFiles) as (said, files), files.checked(), database.transaction() as session:
        if len(said.text) > MOST_LETTERS:
            raise InvalidInput("This is too long.")
        await find(session, conversation)
        await handoff.say(session, conversation, said.text, agent=account.username, files=files, key=said.key)
    return {"conversation": str(conversation)}


@router.post("/notes", status_code=201)
async def write_note(
    conversation: UUID,
    account: CallDesk,
    database: DatabaseOf,
    text: Annotated[str, Form(max_length=MOST_LETTERS)],
    key: Annotated[str, Form(min_length=8, max_length=100)],
) -> dict[str, str]:
    """Write a note that the person never sees."""
    async with database.transaction() as session:
        await find(session, conversation)
        await notes.write(session, conversation, text, author=account.username, key=key)
    return {"conversation": str(conversation)}


@router.post("/take")
async def take(conversation: UUID, account: CallDesk, database: DatabaseOf) -> Response:
    """Take the person over."""

    async def do(session: AsyncSession) -> None:
        await handoff.take(session, conversation, account.username, actor=actor(account))

    return await _do(database, conversation, do)


@router.post("/transfer")
async def transfer(
    conversation: UUID, account: CallDesk, database: DatabaseOf, to: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Have a colleague take over."""

    async def do(session: AsyncSession) -> None:
        await handoff.transfer(session, conversation, to, agent=account.username, actor=actor(account))

    return await _do(database, conversation, do, then="transferred")


@router.post("/release")
async def release(conversation: UUID, account: CallDesk, database: DatabaseOf) -> Response:
    """Hand the person back to the assistant."""

    async def do(session: AsyncSession) -> None:
        await handoff.release(session, conversation, agent=account.username, actor=actor(account))

    return await _do(database, conversation, do, then="released")


@router.post("/resolve")
async def resolve(
    conversation: UUID, account: CallDesk, database: DatabaseOf, outcome: Annotated[Outcome, Form()]
) -> Response:
    """End it with what became of it."""

    async def do(session: AsyncSession) -> None:
        who = actor(account)
        await handoff.resolve(session, conversation, outcome, agent=account.username, actor=who)

    return await _do(database, conversation, do, then="resolved")


async def _do(
    database: Database, conversation: UUID, act: Callable[[AsyncSession], Awaitable[None]], then: str = ""
) -> Response:
    """Do it and show the conversation, or, where it is done with (`then`), the others; else say why not."""
    try:
        async with database.transaction() as session:
            await find(session, conversation)
            await act(session)
    except (Full, Away) as error:
        return RedirectResponse(f"{HOME}/{conversation}?done={error.code}", 303)
    except (Conflict, InvalidInput):
        return RedirectResponse(f"{HOME}/{conversation}?done=not_yours", 303)
    return RedirectResponse(f"{HOME}?done={then}" if then else f"{HOME}/{conversation}", 303)

"""What the assistant did not understand, without personal data: looked at, given its meaning, or dropped.

What is decided here `tawasul nlu review --export` writes into the training data: nothing is learnt by itself.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.configuration.kinds import KINDS
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.routes.configuration import HOME as CONFIGURATION
from contact_center.console.staff import Administrator, ConfigurationReader, actor
from contact_center.console.unclear_view import choices, shown
from contact_center.database import Database
from contact_center.errors import InvalidInput
from contact_center.understanding import queries, service

HOME = f"{BASE}/unclear"
PAGE = 30

router = APIRouter(prefix="/unclear")


@router.get("")
async def listed(
    request: Request,
    account: ConfigurationReader,
    database: DatabaseOf,
    which: str = "waiting",
    before: int | None = None,
    done: str = "",
) -> Response:
    """What waits, or what was given a meaning (`which`: `chosen`), the newest first; `before`: older than that item."""
    language = language_of(request)
    which, read = ("chosen", queries.chosen) if which == "chosen" else ("waiting", queries.waiting)
    async with database.transaction() as session:
        known = await catalogue(session)
        items = await read(session, PAGE + 1, before)
        counts = await queries.counted(session)
    rows = [shown(item, known, language) for item in items[:PAGE]]
    older = f"{HOME}?which={which}&before={items[PAGE - 1].id}" if len(items) > PAGE else None
    values: dict[str, Any] = {"rows": rows, "counts": counts, "which": which, "older": older, "done": done}
    return page(request, "configuration/unclear.html", home=CONFIGURATION, kinds=KINDS, **values)


@router.get("/{item_id}")
async def one(request: Request, account: ConfigurationReader, database: DatabaseOf, item_id: int) -> Response:
    """One text, what was guessed, and what it may have meant."""
    return await _page(request, database, item_id)


@router.post("/{item_id}")
async def choose(
    request: Request,
    account: Administrator,
    database: DatabaseOf,
    item_id: int,
    intent: Annotated[str, Form(max_length=100)] = "",
    category: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Say what was meant, and go on to the next that waits."""
    try:
        async with database.transaction() as session:
            item = await queries.item(session, item_id)
            service.choose(item, intent, category or None, (await catalogue(session)).offered)
            await audit.record(session, actor(account), "unclear.choose", str(item_id))
            following = await _next(session, item_id)
    except InvalidInput as error:
        return await _page(request, database, item_id, str(error.details["field"]), intent, category)
    return RedirectResponse(following or f"{HOME}?done=chosen", 303)


@router.post("/{item_id}/dismiss")
async def dismiss(account: Administrator, database: DatabaseOf, item_id: int) -> Response:
    """Drop it, and go on to the next that waits."""
    async with database.transaction() as session:
        await service.dismiss(session, await queries.item(session, item_id))
        await audit.record(session, actor(account), "unclear.dismiss", str(item_id))
        following = await _next(session, item_id)
    return RedirectResponse(following or f"{HOME}?done=dismissed", 303)


async def _next(session: AsyncSession, item_id: int) -> str | None:
    """The address of the next older one that waits, else of the newest; None where nothing does."""
    await session.flush()
    older = await queries.waiting(session, 1, item_id) or await queries.waiting(session, 1)
    return f"{HOME}/{older[0].id}" if older else None


async def _page(
    request: Request, database: Database, item_id: int, fault: str = "", intent: str = "", category: str = ""
) -> Response:
    language = language_of(request)
    async with database.transaction() as session:
        known = await catalogue(session)
        unclear = shown(await queries.item(session, item_id), known, language)
    values = {
        "unclear": unclear,
        "choices": choices(known, language),
        "intent": intent or unclear.intent,
        "category": category if fault else unclear.category,
        "fault": fault,
    }
    template = "configuration/unclear_item.html"
    return page(request, template, 422 if fault else 200, home=CONFIGURATION, kinds=KINDS, **values)

"""One account of staff: its page, and what administrators do with it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import changing, conversing, queries, second_factor, service, trail
from contact_center.accounts.models import LANGUAGES
from contact_center.accounts.trail import Wanted
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.account_forms import HOME, Typed, choices, password_page
from contact_center.console.permissions import takes_calls
from contact_center.console.rendering import language_of, page
from contact_center.console.staff import Auditor, StaffAdministrator, actor
from contact_center.console.trail_view import shown
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound

_RECENT = 10
"""Entries of the audit trail on an account's page."""

router = APIRouter(prefix="/staff/accounts/{username}")


@router.get("")
async def one(request: Request, account: Auditor, database: DatabaseOf, username: str, done: str = "") -> Response:
    """An account, and what was done with it and by it last. `done`: what has just been done."""
    return await _account_page(request, database, username, done=done)


@router.post("")
async def change(
    request: Request,
    account: StaffAdministrator,
    database: DatabaseOf,
    username: str,
    typed: Annotated[Typed, Form()],
) -> Response:
    """Give it another name, role, agency, or name at the identity provider."""
    try:
        async with database.transaction() as session:
            changed = await changing.change_account(session, username, typed.place(), actor=actor(account))
    except (InvalidInput, Conflict) as error:
        fault = str(error.details["why"])
        return await _account_page(request, database, username, error.status, typed=typed, fault=fault)
    return _back(username, "changed" if changed else "unchanged")


@router.post("/conversations")
async def set_conversing(
    request: Request,
    account: StaffAdministrator,
    database: DatabaseOf,
    username: str,
    capacity: Annotated[int, Form()] = 0,
    speaks: Annotated[list[str], Form()] = [],  # noqa: B006  (FastAPI makes one for each request)
) -> Response:
    """Say how many conversations an agent takes at once, and in which languages."""
    try:
        async with database.transaction() as session:
            await conversing.set_conversing(session, username, capacity=capacity, speaks=speaks, actor=actor(account))
    except InvalidInput as error:
        return await _account_page(request, database, username, error.status, fault=str(error.details["why"]))
    return _back(username, "conversing")


@router.post("/password")
async def new_password(request: Request, account: StaffAdministrator, database: DatabaseOf, username: str) -> Response:
    """Give it a temporary password and show that this once; whoever is signed in with the old one is signed out."""
    async with database.transaction() as session:
        password = await service.reset_password(session, username, actor=actor(account), temporary=True)
        found = await service.locked(session, username)
    return password_page(request, found.username, found.display_name, password)


@router.post("/two-factor")
async def reset_two_factor(account: StaffAdministrator, database: DatabaseOf, username: str) -> Response:
    """Let it sign in without a second factor, for whoever has lost theirs."""
    async with database.transaction() as session:
        await second_factor.turn_off(session, username, actor=actor(account), reset=True)
    return _back(username, "two_factor_reset")


@router.post("/disable")
async def disable(request: Request, account: StaffAdministrator, database: DatabaseOf, username: str) -> Response:
    """Shut it out at once."""
    try:
        async with database.transaction() as session:
            await service.disable_account(session, username, actor=actor(account))
    except Conflict as error:
        return await _account_page(request, database, username, error.status, fault=str(error.details["why"]))
    return _back(username, "disabled")


@router.post("/enable")
async def enable(account: StaffAdministrator, database: DatabaseOf, username: str) -> Response:
    """Let it sign in again."""
    async with database.transaction() as session:
        await changing.enable_account(session, username, actor=actor(account))
    return _back(username, "enabled")


def _back(username: str, done: str) -> Response:
    return RedirectResponse(f"{HOME}/accounts/{username.strip().lower()}?done={done}", 303)


async def _account_page(
    request: Request,
    database: Database,
    username: str,
    status: int = 200,
    *,
    typed: Typed | None = None,
    done: str = "",
    fault: str = "",
) -> Response:
    async with database.transaction() as session:
        found = await queries.account_named(session, username)
        if found is None:
            raise NotFound("There is no such account.")
        known = await catalogue(session)
        about, _ = await trail.page(session, Wanted(subject=found.username), length=_RECENT)
        by, _ = await trail.page(session, Wanted(who=found.username), length=_RECENT)
        recent = sorted({*about, *by}, key=lambda entry: (entry.at, entry.id), reverse=True)[:_RECENT]
        entries = await shown(session, recent, request.state.account, language_of(request))
    present = {"display_name": found.display_name, "role": found.role}
    typed = typed or Typed(**present, agency=found.agency or "", external_id=found.external_id or "")
    values: dict[str, Any] = {"found": found, "typed": typed, "entries": entries, "done": done, "fault": fault}
    values |= {"is_agent": takes_calls(found), "languages": LANGUAGES, "most": conversing.MOST}
    return page(request, "administration/account.html", status, home=HOME, **values, **choices(request, known))

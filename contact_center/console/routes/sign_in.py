"""Signing in with a password, and signing out."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import audit, sessions
from contact_center.accounts.models import Account
from contact_center.accounts.service import set_duty
from contact_center.accounts.sign_in import sign_in
from contact_center.api.dependencies import DatabaseOf, SettingsOf, over_https, signed_in, staff_cookie
from contact_center.console.entering import SIGN_IN, first_step_taken, go_on, safe_next
from contact_center.console.rendering import page
from contact_center.console.staff import OwnAccount, actor, client_address
from contact_center.errors import TooMany

router = APIRouter()
log = structlog.get_logger()

Next = Annotated[str, Query(max_length=500)]
"""The page that was wanted before signing in."""


@router.get("/sign-in")
async def form(request: Request, account: Annotated[Account | None, Depends(signed_in)], next: Next = "") -> Response:
    """The sign-in page; whoever is signed in already goes on."""
    return RedirectResponse(safe_next(next), 303) if account else sign_in_page(request, next)


@router.post("/sign-in")
async def enter(
    request: Request,
    database: DatabaseOf,
    settings: SettingsOf,
    username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Next = "",
) -> Response:
    """Sign in: a new session, whatever cookie was there before; half of one where a second step is to come."""
    begun = None
    try:
        async with database.transaction() as session:
            account = await sign_in(session, username, password, client_address(request))
            if account is not None:
                begun = await first_step_taken(session, request, settings, account, "password")
    except TooMany as error:
        return sign_in_page(request, next, 429, username, fault="too_many", wait=error.details.get("retry_after"))
    if begun is None:
        log.info("sign_in_refused", client=client_address(request))
        return sign_in_page(request, next, 401, username, fault="wrong")
    token, whole = begun
    return go_on(request, settings, token, next, whole=whole)


@router.post("/sign-out")
async def leave(request: Request, database: DatabaseOf, settings: SettingsOf, account: OwnAccount) -> Response:
    """Sign out: the session is over at the server too, and nobody is given to who has left."""
    async with database.transaction() as session:
        await sessions.end(session, request.cookies[staff_cookie(settings)])
        if account.on_duty:
            await set_duty(session, account.username, on=False, actor=actor(account))
        await audit.record(session, actor(account), "sign_out", account.username)
    response = RedirectResponse(f"{SIGN_IN}?lang={account.language}", 303)
    response.delete_cookie(staff_cookie(settings), path="/", secure=over_https(settings), httponly=True)
    return response


def sign_in_page(
    request: Request, next: str, status: int = 200, username: str = "", *, fault: str | None = None, wait: object = None
) -> Response:
    """The page, with what went wrong; `wait`: the seconds after which trying again makes sense."""
    provider = request.app.state.openid
    response = page(request, "sign_in.html", status, next=next, username=username, fault=fault, provider=provider)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response

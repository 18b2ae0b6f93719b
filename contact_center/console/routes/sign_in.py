"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import audit, sessions
from contact_center.accounts.models import Account
from contact_center.accounts.sign_in import sign_in
from contact_center.api.dependencies import DatabaseOf, SettingsOf, over_https, signed_in, staff_cookie
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import Staff, actor
from contact_center.database import Database
from contact_center.errors import TooMany
from contact_center.settings import Settings

router = APIRouter()
log = structlog.get_logger()

Next = Annotated[str, Query(max_length=500)]
"""The page that was wanted before signing in."""


@router.get("/sign-in")
async def form(request: Request, account: Annotated[Account | None, Depends(signed_in)], next: Next = "") -> Response:
    """The sign-in page; whoever is signed in already goes on."""
    return RedirectResponse(safe_next(next), 303) if account else _page(request, next)


@router.post("/sign-in")
async def enter(
    request: Request,
    database: DatabaseOf,
    settings: SettingsOf,
    username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Next = "",
) -> Response:
    """Sign in: a new session, whatever cookie was there before."""
    try:
        token = await _session_for(request, database, settings, username, password)
    except TooMany as error:
        wait = error.details.get("retry_after")
        return _page(request, next, 429, username, fault="too_many", headers={"Retry-After": str(wait)})
    if token is None:
        log.info("sign_in_refused", client=request.client.host if request.client else None)
        return _page(request, next, 401, username, fault="wrong")
    response = RedirectResponse(safe_next(next), 303)
    _set_cookie(response, settings, token)
    return response


@router.post("/sign-out")
async def leave(request: Request, database: DatabaseOf, settings: SettingsOf, account: Staff) -> Response:
    """Sign out: the session is over at the server too."""
    async with database.transaction() as session:
        await sessions.end(session, request.cookies[staff_cookie(settings)])
        await audit.record(session, actor(account), "sign_out", account.username)
    response = RedirectResponse(f"{BASE}/sign-in?lang={account.language}", 303)
    response.delete_cookie(staff_cookie(settings), path="/", secure=over_https(settings), httponly=True)
    return response


async def _session_for(
    request: Request, database: Database, settings: Settings, username: str, password: str
) -> str | None:
    address = request.client.host if request.client else "-"
    async with database.transaction() as session:
        account = await sign_in(session, username, password, address)
        if account is None:
            return None
        earlier = request.cookies.get(staff_cookie(settings))
        if earlier:
            await sessions.end(session, earlier)
        await audit.record(session, actor(account), "sign_in", account.username)
        return await sessions.start(session, account)


def _set_cookie(response: Response, settings: Settings, token: str) -> None:
    response.set_cookie(
        staff_cookie(settings),
        token,
        max_age=int(sessions.TOTAL.total_seconds()),
        path="/",
        httponly=True,
        secure=over_https(settings),
        samesite="lax",
    )


def _page(
    request: Request,
    next: str,
    status: int = 200,
    username: str = "",
    fault: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    response = page(request, "sign_in.html", status, next=next, username=username, fault=fault)
    response.headers.update(headers or {})
    return response


def safe_next(next: str) -> str:
    """The wanted page if it is one of the console's, else the home page."""
    parts = urlsplit(next)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith(f"{BASE}/") and "\\" not in next
    return next if ours and next.isprintable() else f"{BASE}/"

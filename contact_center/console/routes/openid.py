"""Signing in with the organisation's own identity provider: there, and back."""

from datetime import timedelta
from typing import Annotated, cast

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts.changing import drop_temporary_password
from contact_center.accounts.openid import Attempt, Provider
from contact_center.accounts.queries import account_named_outside
from contact_center.accounts.sign_in import MAX_PER_ADDRESS, count, forgive
from contact_center.accounts.vault import Unreadable, Vault
from contact_center.api.dependencies import DatabaseOf, SettingsOf, over_https
from contact_center.console.entering import SIGN_IN, first_step_taken, go_on, set_cookie
from contact_center.console.routes.sign_in import Next, sign_in_page
from contact_center.console.staff import client_address
from contact_center.database import Database
from contact_center.errors import NotFound, TooMany, Unauthenticated, Unavailable
from contact_center.settings import Settings

router = APIRouter(prefix="/sign-in/openid")
log = structlog.get_logger()

LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider."""
_PURPOSE = "openid"


@router.get("")
async def leave(request: Request, settings: SettingsOf, next: Next = "") -> Response:
    """To the provider. What has to come back unchanged is kept, encrypted, by this browser only."""
    provider, attempt = _provider(request), Attempt.new()
    try:
        address = await provider.address(attempt, _return_address(settings))
    except Unavailable as error:
        return _refused(request, next, 503, "openid_away", error.sentence)
    response = RedirectResponse(address, 303)
    sealed = _vault(settings).seal_values(attempt.values() | {"next": next})
    set_cookie(response, settings, _cookie(settings), sealed, int(LASTS.total_seconds()))
    return response


@router.get("/return")
async def come_back(
    request: Request,
    database: DatabaseOf,
    settings: SettingsOf,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """From the provider: whoever it says this is signs in, if an administrator has made their account."""
    provider = _provider(request)
    kept = _kept(request, settings)
    next = kept.pop("next", "")
    if not kept or kept["state"] != state or iss.rstrip("/") not in ("", provider.issuer):
        return _refused(request, next, 400, "openid_again", "another browser's or an old answer")
    if error or not code:
        return _refused(request, next, 401, "openid_refused", error)
    try:
        await _counted(database, request)
        name = await provider.person(Attempt(**kept), code, _return_address(settings))
    except TooMany as many:
        return sign_in_page(request, next, 429, fault="too_many", wait=many.details.get("retry_after"))
    except Unauthenticated as refused:
        return _refused(request, next, 401, "openid_refused", refused.sentence)
    except Unavailable as away:
        return _refused(request, next, 503, "openid_away", away.sentence)
    response = await _enter(request, database, settings, name, next)
    response.delete_cookie(_cookie(settings), path="/", secure=over_https(settings), httponly=True)
    return response


async def _counted(database: Database, request: Request) -> None:
    """A try counts before the provider is asked, for an address that only guesses. Raises `TooMany`."""
    async with database.transaction() as session:
        await count(session, f"address:{client_address(request)}", MAX_PER_ADDRESS)


async def _enter(request: Request, database: Database, settings: Settings, name: str, next: str) -> Response:
    async with database.transaction() as session:
        account = await account_named_outside(session, name)
        if account is not None:
            await drop_temporary_password(session, account)
            await forgive(session, None, f"address:{client_address(request)}")
            token, whole = await first_step_taken(session, request, settings, account, "openid")
    if account is None:
        return _refused(request, next, 403, "openid_unknown", "no account")
    return go_on(request, settings, token, next, whole=whole)


def _refused(request: Request, next: str, status: int, fault: str, why: str) -> Response:
    log.info("openid_sign_in_refused", client=client_address(request), fault=fault, why=why)
    return sign_in_page(request, next, status, fault=fault)


def _provider(request: Request) -> Provider:
    provider = cast(Provider | None, request.app.state.openid)
    if provider is None:
        raise NotFound("There is no identity provider.")
    return provider


def _kept(request: Request, settings: Settings) -> dict[str, str]:
    """What this browser kept of its sign-in; nothing where it has none, or one too old."""
    try:
        return _vault(settings).open_values(request.cookies.get(_cookie(settings), ""), LASTS)
    except Unreadable:
        return {}


def _vault(settings: Settings) -> Vault:
    return Vault(settings.effective_secret_key, _PURPOSE)


def _cookie(settings: Settings) -> str:
    return "__Host-tawasul_openid" if over_https(settings) else "tawasul_openid"


def _return_address(settings: Settings) -> str:
    return f"{settings.public_url or settings.local_url}{SIGN_IN}/openid/return"

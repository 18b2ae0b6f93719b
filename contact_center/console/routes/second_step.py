"""The second step of signing in: a code of the authenticator app, or for recovery."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import second_factor, sessions
from contact_center.accounts.models import Account
from contact_center.api.dependencies import DatabaseOf, SettingsOf, staff_cookie
from contact_center.console.entering import SIGN_IN, enter, go_on
from contact_center.console.rendering import page
from contact_center.console.routes.sign_in import Next
from contact_center.console.second_factors import VaultOf
from contact_center.console.staff import client_address
from contact_center.errors import TooMany
from contact_center.settings import Settings

router = APIRouter(prefix="/sign-in/code")


@router.get("")
async def form(request: Request, database: DatabaseOf, settings: SettingsOf, next: Next = "") -> Response:
    """Where the code is typed; whoever has not taken the first step begins with that."""
    async with database.transaction() as session:
        account = await _half_way(session, request, settings)
    return _page(request, next) if account else RedirectResponse(SIGN_IN, 303)


@router.post("")
async def take(
    request: Request,
    database: DatabaseOf,
    settings: SettingsOf,
    vault: VaultOf,
    code: Annotated[str, Form(max_length=100)] = "",
    next: Next = "",
) -> Response:
    """Sign in with the second step: the half session ends, a whole one begins."""
    token = None
    try:
        async with database.transaction() as session:
            account = await _half_way(session, request, settings)
            if account is None:
                return RedirectResponse(SIGN_IN, 303)
            if await second_factor.accept(session, account, vault, code, client_address(request)):
                await sessions.end(session, request.cookies[staff_cookie(settings)])
                token = await enter(session, account, "two_factor")
    except TooMany as error:
        return _page(request, next, 429, "too_many", error.details.get("retry_after"))
    if token is None:
        return _page(request, next, 401, "wrong")
    return go_on(request, settings, token, next, whole=True)


async def _half_way(session: AsyncSession, request: Request, settings: Settings) -> Account | None:
    token = request.cookies.get(staff_cookie(settings))
    return await sessions.find_half(session, token) if token else None


def _page(request: Request, next: str, status: int = 200, fault: str = "", wait: object = None) -> Response:
    response = page(request, "sign_in_code.html", status, next=next, fault=fault)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response

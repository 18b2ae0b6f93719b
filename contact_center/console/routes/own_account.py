"""One's own account: another password, and the second factor."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import passwords, recovery, second_factor, sessions
from contact_center.accounts.changing import choose_password
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf, SettingsOf, TwoFactorRolesOf, staff_cookie
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.second_factors import VaultOf, in_fours, qr_code
from contact_center.console.staff import OwnAccount, actor, client_address
from contact_center.errors import Conflict, InvalidInput, TooMany

HOME = f"{BASE}/account"

router = APIRouter(prefix="/account")
Code = Annotated[str, Form(max_length=100)]


@router.get("")
async def show(request: Request, account: OwnAccount, database: DatabaseOf, done: str = "") -> Response:
    """Who one is here. `done`: what has just been done."""
    return await _own_page(request, account, database, done=done)


@router.post("/password")
async def set_password(
    request: Request,
    account: OwnAccount,
    database: DatabaseOf,
    settings: SettingsOf,
    present: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Choose another password; whoever is signed in elsewhere with the old one is signed out."""
    if new != again:
        return await _own_page(request, account, database, 422, fault="not_the_same")
    token, address = request.cookies[staff_cookie(settings)], client_address(request)
    try:
        async with database.transaction() as session:
            right = await choose_password(
                session, account, present, new, token=token, address=address, actor=actor(account)
            )
    except InvalidInput:
        return await _own_page(request, account, database, 422, fault="too_weak")
    except TooMany:
        return await _own_page(request, account, database, 429, fault="too_many")
    if not right:
        return await _own_page(request, account, database, 422, fault="not_the_present_one")
    return RedirectResponse(f"{HOME}?done=password", 303)


@router.get("/two-factor")
async def two_factor(request: Request, account: OwnAccount, database: DatabaseOf, vault: VaultOf) -> Response:
    """The second factor: to be begun, to be confirmed, or in use."""
    return await _factor_page(request, account, database, vault)


@router.post("/two-factor/begin")
async def begin(account: OwnAccount, database: DatabaseOf, vault: VaultOf) -> Response:
    """Make a secret for the authenticator app."""
    async with database.transaction() as session:
        await second_factor.begin(session, account.id, vault)
    return RedirectResponse(f"{HOME}/two-factor", 303)


@router.post("/two-factor/confirm")
async def confirm(
    request: Request, account: OwnAccount, database: DatabaseOf, settings: SettingsOf, vault: VaultOf, code: Code = ""
) -> Response:
    """Put it in use with a first code; who is signed in elsewhere signs in anew. Shows the recovery codes, once."""
    who, address = actor(account), client_address(request)
    try:
        async with database.transaction() as session:
            codes = await second_factor.confirm(session, account.id, vault, code, address, actor=who)
            if codes is not None:
                await sessions.end_others(session, account, request.cookies[staff_cookie(settings)])
    except TooMany:
        return await _factor_page(request, account, database, vault, 429, fault="too_many")
    if codes is None:
        return await _factor_page(request, account, database, vault, 422, fault="wrong_code")
    return _codes_page(request, codes)


@router.post("/two-factor/codes")
async def renew(
    request: Request, account: OwnAccount, database: DatabaseOf, vault: VaultOf, code: Code = ""
) -> Response:
    """Make new recovery codes, for whoever shows a code; the old ones are worthless then."""
    codes: Sequence[str] = ()
    try:
        async with database.transaction() as session:
            if await second_factor.accept(session, account, vault, code, client_address(request)):
                codes = await second_factor.renew_codes(session, account, actor=actor(account))
    except TooMany:
        return await _factor_page(request, account, database, vault, 429, fault="too_many")
    if not codes:
        return await _factor_page(request, account, database, vault, 422, fault="wrong_code")
    return _codes_page(request, codes)


@router.post("/two-factor/off")
async def turn_off(
    request: Request,
    account: OwnAccount,
    database: DatabaseOf,
    vault: VaultOf,
    two_factor_roles: TwoFactorRolesOf,
    code: Code = "",
) -> Response:
    """Go without, for whoever shows a code and whose role may."""
    if account.role in two_factor_roles:
        raise Conflict("This role may not go without a second factor.")
    try:
        async with database.transaction() as session:
            right = await second_factor.accept(session, account, vault, code, client_address(request))
            if right:
                await second_factor.turn_off(session, account.username, actor=actor(account))
    except TooMany:
        return await _factor_page(request, account, database, vault, 429, fault="too_many")
    if not right:
        return await _factor_page(request, account, database, vault, 422, fault="wrong_code")
    return RedirectResponse(f"{HOME}?done=off", 303)


async def _own_page(
    request: Request, account: OwnAccount, database: DatabaseOf, status: int = 200, *, done: str = "", fault: str = ""
) -> Response:
    async with database.transaction() as session:
        known = await catalogue(session)
    agency = known.agencies[account.agency].name(language_of(request)) if account.agency else None
    values = {"agency": agency, "done": done, "fault": fault, "shortest": passwords.MIN_LENGTH}
    return page(request, "account/own.html", status, home=HOME, **values)


async def _factor_page(
    request: Request, account: OwnAccount, database: DatabaseOf, vault: VaultOf, status: int = 200, *, fault: str = ""
) -> Response:
    async with database.transaction() as session:
        setup = await second_factor.setup_of(session, account, vault)
        left = await recovery.left(session, account.id)
    picture = qr_code(setup.address) if setup else None
    secret = in_fours(setup.secret) if setup else None
    must = account.role in request.app.state.two_factor_roles
    values = {"picture": picture, "secret": secret, "left": left, "must": must, "fault": fault}
    return page(request, "account/two_factor.html", status, home=HOME, **values)


def _codes_page(request: Request, codes: Sequence[str]) -> Response:
    request.state.first_step = None
    return page(request, "account/recovery_codes.html", home=HOME, codes=codes)

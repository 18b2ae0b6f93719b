"""Keys of machines for the API: who has one, when it was last used; made, shown once, and revoked."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import api_keys
from contact_center.accounts.queries import api_keys as all_keys
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import Auditor, StaffAdministrator, actor
from contact_center.errors import Conflict, InvalidInput

HOME = f"{BASE}/keys"

router = APIRouter(prefix="/keys")
Name = Annotated[str, Form(max_length=200)]


@router.get("")
async def show(request: Request, account: Auditor, database: DatabaseOf, done: str = "") -> Response:
    """All keys, the revoked ones too. `done`: what has just been done."""
    return await _page(request, database, done=done)


@router.post("")
async def make(request: Request, account: StaffAdministrator, database: DatabaseOf, name: Name = "") -> Response:
    """Make a key, and show it this once."""
    try:
        async with database.transaction() as session:
            key = await api_keys.create_key(session, name, actor=actor(account))
    except (InvalidInput, Conflict) as error:
        return await _page(request, database, error.status, fault=str(error.details["why"]), name=name)
    return await _page(request, database, made=name.strip(), key=key)


@router.post("/revoke")
async def revoke(account: StaffAdministrator, database: DatabaseOf, name: Name) -> Response:
    """Make a key worthless, for good."""
    async with database.transaction() as session:
        await api_keys.revoke_key(session, name, actor=actor(account))
    return RedirectResponse(f"{HOME}?done=revoked", 303)


async def _page(
    request: Request,
    database: DatabaseOf,
    status: int = 200,
    *,
    done: str = "",
    fault: str = "",
    name: str = "",
    made: str = "",
    key: str = "",
) -> Response:
    async with database.transaction() as session:
        keys = await all_keys(session)
    values = {"done": done, "fault": fault, "name": name, "made": made, "key": key, "longest": api_keys.MAX_NAME}
    return page(request, "administration/keys.html", status, home=HOME, keys=keys, **values)

"""The accounts of staff: who there is, and making one."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from contact_center.accounts import queries, service
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.account_forms import HOME, NewOne, choices, password_page
from contact_center.console.rendering import page
from contact_center.console.staff import Auditor, StaffAdministrator, actor
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput

router = APIRouter(prefix="/staff")


@router.get("")
async def show(
    request: Request,
    account: Auditor,
    database: DatabaseOf,
    q: Annotated[str, Query(max_length=100)] = "",
    role: Annotated[str, Query(max_length=40)] = "",
    agency: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The accounts, all or those that are searched for."""
    async with database.transaction() as session:
        found = await queries.staff(session, q, role, agency)
        known = await catalogue(session)
    must = request.app.state.two_factor_roles
    values = {"found": found, "catalogue": known, "must": must, "q": q, "role": role, "agency": agency}
    return page(request, "administration/staff.html", home=HOME, **values, **choices(request, known))


@router.get("/new")
async def empty_form(request: Request, account: StaffAdministrator, database: DatabaseOf) -> Response:
    """The form of a new account."""
    return await _new_page(request, database, NewOne())


@router.post("/new")
async def add(
    request: Request, account: StaffAdministrator, database: DatabaseOf, typed: Annotated[NewOne, Form()]
) -> Response:
    """Make an account, and show its temporary password this once."""
    place = typed.place()
    try:
        async with database.transaction() as session:
            made, password = await service.create_account(
                session,
                typed.username,
                place.role,
                display_name=place.display_name,
                agency=place.agency,
                external_id=place.external_id,
                temporary=True,
                actor=actor(account),
            )
    except (InvalidInput, Conflict) as error:
        return await _new_page(request, database, typed, error.status, str(error.details["why"]))
    return password_page(request, made.username, made.display_name, password)


async def _new_page(
    request: Request, database: Database, typed: NewOne, status: int = 200, fault: str = ""
) -> Response:
    async with database.transaction() as session:
        known = await catalogue(session)
    values: dict[str, Any] = {"typed": typed, "fault": fault, **choices(request, known)}
    return page(request, "administration/new_account.html", status, home=HOME, **values)

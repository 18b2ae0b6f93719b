"""Merging one case into another about the same thing, and which that may be."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.api.dependencies import DatabaseOf
from contact_center.cases.merging import merge
from contact_center.cases.models import Case, CaseEvent
from contact_center.console.case_deeds import Key, do
from contact_center.console.case_view import find
from contact_center.console.merge_view import suggested
from contact_center.console.permissions import speaks_for_agency
from contact_center.console.rendering import page
from contact_center.console.staff import Staff, actor
from contact_center.errors import Forbidden, InvalidInput, NotFound

router = APIRouter(prefix="/cases/{reference}")


class NoSuchCase(InvalidInput):
    """The number of the other case is none that the account may see."""

    code = "no_such_case"


@router.get("/suggested")
async def suggest(request: Request, reference: str, account: Staff, database: DatabaseOf) -> Response:
    """The part of the case's page that comes after it: what it may be merged with, nothing where it may not be."""
    async with database.transaction() as session:
        case = await find(session, account, reference)
        found = await suggested(session, account, case)
    return page(request, "parts/suggested.html", case=case, suggested=found, key=secrets.token_hex(16))


@router.post("/merge")
async def merge_into(
    request: Request,
    reference: str,
    account: Staff,
    database: DatabaseOf,
    key: Key,
    into: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Make the case a duplicate of the one with the number `into`, whose page comes next."""

    async def merge_it(session: AsyncSession, case: Case) -> CaseEvent:
        try:
            main = await find(session, account, into)
        except NotFound as error:
            raise NoSuchCase("There is no such case to merge into.") from error
        if not (speaks_for_agency(account, case) and speaks_for_agency(account, main)):
            raise Forbidden("Only the agency of both cases merges them.")
        return await merge(session, case, main, actor=actor(account), idempotency_key=key)

    return await do(request, database, account, reference, merge_it, done="merged", then=into)

"""Lists of cases that a member of staff has named."""

from typing import Annotated
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from contact_center.accounts import saved_filters
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.entering import safe_next
from contact_center.console.rendering import BASE
from contact_center.console.routes.cases import Filters
from contact_center.console.staff import Staff
from contact_center.errors import InvalidInput

router = APIRouter(prefix="/filters")

_Text = Annotated[str, Form(max_length=2000)]


@router.post("")
async def save(account: Staff, database: DatabaseOf, name: _Text = "", query: _Text = "") -> RedirectResponse:
    """Name the list that the page showed (`query`: of its address), and show it again; `fault` where that cannot be."""
    filters = _filters(query)
    try:
        async with database.transaction() as session:
            await saved_filters.save(session, account, name, filters.query())
    except InvalidInput as error:
        return RedirectResponse(filters.address(fault=f"filter_{error.details['field']}"), 303)
    return RedirectResponse(filters.address(), 303)


@router.post("/{filter_id}/delete")
async def delete(filter_id: UUID, account: Staff, database: DatabaseOf, back: _Text = "") -> RedirectResponse:
    """Delete one of one's own, and go back to the list that was open."""
    async with database.transaction() as session:
        await saved_filters.forget(session, account, filter_id)
    return RedirectResponse(safe_next(back or f"{BASE}/cases"), 303)


def _filters(query: str) -> Filters:
    """What of a query is a list's; nothing where it is none at all."""
    try:
        return Filters.model_validate(dict(parse_qsl(query)) | {"after": ""})
    except ValidationError:
        return Filters()

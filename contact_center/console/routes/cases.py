"""The list of cases: search, filters, pages."""

import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import saved_filters
from contact_center.accounts.models import Account
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases import queries
from contact_center.cases.lifecycle import Status
from contact_center.cases.lists import CaseFilters, Page, list_cases
from contact_center.cases.paging import Order
from contact_center.cases.reference import NotAReference, WrongCheckDigit, parse
from contact_center.channels.base import ChannelCode
from contact_center.console.bulk_view import bulk_choices
from contact_center.console.case_list import PAGE
from contact_center.console.case_rows import rows
from contact_center.console.permissions import agency_seen, may_see
from contact_center.console.rendering import BASE, language_of, page, translator
from contact_center.console.staff import Staff

router = APIRouter()


class Filters(BaseModel):
    """What the form above the list asks for; empty or unknown: any."""

    model_config = ConfigDict(str_max_length=200)
    q: str = ""
    status: str = ""
    agency: str = ""
    category: str = ""
    channel: str = ""
    due: str = ""
    filed: str = ""
    mine: str = ""
    order: str = ""
    after: str = ""

    def wanted(self, account: Account) -> CaseFilters:
        """The same for the database, of what the account may see."""
        return CaseFilters(
            agency=agency_seen(account) or self.agency or None,
            category=self.category or None,
            channel=self.channel or None,
            status=self.status or None,
            assignee=account.username if self.mine else None,
            due=self.due if self.due in ("today", "overdue") else None,  # type: ignore[arg-type]
            filed="today" if self.filed == "today" else None,
        )

    def page(self) -> Page:
        """Which part of the list, in which order."""
        return Page(PAGE, self.after or None, Order.DUE if self.order == Order.DUE else Order.NEWEST)

    def query(self, **changes: str) -> str:
        """These filters as an address has them."""
        return urlencode({name: value for name, value in (self.model_dump() | changes).items() if value})

    def address(self, **changes: str) -> str:
        """The list's address with these filters."""
        query = self.query(**changes)
        return f"{BASE}/cases?{query}" if query else f"{BASE}/cases"


@router.get("/cases")
async def show(
    request: Request, account: Staff, database: DatabaseOf, filters: Annotated[Filters, Query()]
) -> Response:
    """Cases; a whole reference number in the search leads straight to its case.

    Somebody of an agency who asks for nothing gets its queue: what is open, the first deadline on top. With `done`:
    what has just been done with a case that the reader may no longer see.
    """
    language = language_of(request)
    t = translator(language)
    if account.agency and not request.query_params.keys() - {"done", "fault"}:
        filters = _QUEUE
    async with database.transaction() as session:
        reference, mistyped = await _meant(session, account, filters.q)
        if reference:
            return RedirectResponse(f"{BASE}/cases/{reference}", 303)
        known = await catalogue(session)
        found = await list_cases(session, filters.wanted(account), filters.q, filters.page())
        listed = await rows(session, found.cases, known, language)
        own = await saved_filters.of(session, account)
        choices = await bulk_choices(session, account, known, filters.wanted(account).agency, language)
    values: dict[str, Any] = {
        "agencies": [] if account.agency else _named(known.agencies.values(), language),
        "categories": _named(known.categories.values(), language),
        "status_options": [(status, t(f"status.{status}")) for status in ("open", *Status)],
        "channel_options": [(channel, t(f"channel.{channel}")) for channel in ChannelCode],
        "done": request.query_params.get("done"),
        "key": secrets.token_hex(16),
        "bulk": choices,
        "saved": own,
        "query": filters.query(after=""),
        "fault": request.query_params.get("fault"),
    }
    next_page = filters.address(after=found.next) if found.next else None
    return page(request, "cases.html", filters=filters, rows=listed, next_page=next_page, mistyped=mistyped, **values)


_QUEUE = Filters(status="open", order=Order.DUE)


async def _meant(session: AsyncSession, account: Account, search: str) -> tuple[str | None, bool]:
    """The reference number that was typed, if it is of a case that the account may see; whether a digit is wrong."""
    try:
        reference = parse(search)
    except NotAReference:
        return None, False
    except WrongCheckDigit:
        return None, True
    case = await queries.by_reference(session, reference)
    return (case.reference if case and may_see(account, case) else None), False


def _named(entries: Any, language: str) -> list[tuple[str, str]]:
    return sorted(((entry.code, entry.name(language)) for entry in entries), key=lambda pair: pair[1])

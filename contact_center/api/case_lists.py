"""Cases, for machines: lists of them, also as the queue of what is due."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from contact_center.api.dependencies import DatabaseOf, StaffOrKey
from contact_center.cases.as_json import all_as_json
from contact_center.cases.lifecycle import Status
from contact_center.cases.lists import CaseFilters, Due, Filed, Page, list_cases
from contact_center.cases.paging import Order

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class Wanted(BaseModel):
    """Which cases: codes, a username as `assignee`, words as `q`; `status=open&order=due` is the queue."""

    model_config = ConfigDict(extra="forbid", str_max_length=200)
    q: str | None = None
    agency: str | None = None
    category: str | None = None
    channel: str | None = None
    status: str | None = Field(None, pattern=f"^({'|'.join(Status)}|open)$")
    type: str | None = None
    assignee: str | None = None
    due: Due | None = None
    filed: Filed | None = None
    order: Order = Order.NEWEST
    after: str | None = None
    """`next` of the page before."""
    limit: int = Field(50, ge=1, le=100)

    def filters(self) -> CaseFilters:
        """What of it says which cases."""
        return CaseFilters(**self.model_dump(exclude={"q", "order", "after", "limit"}))


@router.get("")
async def listed(wanted: Annotated[Wanted, Query()], database: DatabaseOf, _reader: StaffOrKey) -> dict[str, Any]:
    """A page of cases, whole; `next` asks for the following one with `after`, null at the end."""
    async with database.transaction() as session:
        page = Page(wanted.limit, wanted.after, wanted.order)
        found = await list_cases(session, wanted.filters(), wanted.q, page)
        return {"cases": await all_as_json(session, found.cases), "next": found.next}

"""Who did what to what, and when."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from contact_center.accounts import trail
from contact_center.accounts.trail import Wanted
from contact_center.api.dependencies import DatabaseOf
from contact_center.clock import BAHRAIN
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import Auditor
from contact_center.console.trail_view import shown
from contact_center.console.words import section
from contact_center.errors import InvalidInput

HOME = f"{BASE}/audit"

router = APIRouter(prefix="/audit")


class Filters(BaseModel):
    """Which entries, as the page's form and its links say it; days are Bahrain's, both included."""

    who: str = Field("", max_length=100)
    action: str = Field("", max_length=60)
    subject: str = Field("", max_length=200)
    since: str = Field("", max_length=10)
    until: str = Field("", max_length=10)

    def wanted(self) -> Wanted:
        """The same for the query. Raises `InvalidInput` for what is no day."""
        since, until = _midnight(self.since), _midnight(self.until)
        return Wanted(self.who, self.action, self.subject, since, until and until + timedelta(days=1))

    def address(self, before: int) -> str:
        """The page of what is older than the entry `before`."""
        chosen = {name: value for name, value in self.model_dump().items() if value}
        return f"{HOME}?{urlencode({**chosen, 'before': before})}"


class Asked(Filters):
    """The same, from the entry that a page begins after."""

    before: int | None = Field(None, ge=1, lt=2**63)


@router.get("")
async def show(request: Request, account: Auditor, database: DatabaseOf, asked: Annotated[Asked, Query()]) -> Response:
    """The trail, the newest first."""
    language = language_of(request)
    async with database.transaction() as session:
        entries, older = await trail.page(session, asked.wanted(), asked.before)
        listed = await shown(session, entries, account, language)
    actions = sorted(section("audit_action", language).items(), key=lambda item: item[1])
    values: dict[str, Any] = {
        "filters": asked,
        "actions": actions,
        "next_page": asked.address(older) if older else None,
    }
    return page(request, "administration/audit.html", home=HOME, entries=listed, **values)


def _midnight(day: str) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), BAHRAIN)
    except ValueError as error:
        raise InvalidInput(f"{day!r} is no day.") from error

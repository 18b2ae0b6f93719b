"""One thing done to the cases that were ticked in the list."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from contact_center.accounts.roles import Action, may, may_everywhere
from contact_center.api.bulk_actions import MOST, BulkAction, Doer, in_bulk
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.bulk_view import check
from contact_center.console.entering import safe_next
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import Staff, actor
from contact_center.errors import Forbidden

router = APIRouter()


class BulkForm(BaseModel):
    """The form below the list. `word`: what is said with a status; `back`: the list's address."""

    key: str = Field(min_length=8, max_length=100)
    do: Literal["nothing", "assign", "status", "transfer", "reply"]
    reference: list[str] = Field(default_factory=list, max_length=MOST)
    back: str = Field(f"{BASE}/cases", max_length=2_000)
    to: str = ""
    status: str = ""
    word: str = ""
    agency: str = ""
    category: str = ""
    reason: str = ""
    text: str = ""
    canned: str = ""
    close: bool = False

    def action(self) -> BulkAction:
        """What is to be done."""
        said = self.model_dump(exclude={"key", "reference", "back", "word", "text"})
        return BulkAction(**said, text=self.word if self.do == "status" else self.text)


@router.post("/cases/bulk")
async def bulk(request: Request, account: Staff, database: DatabaseOf, form: Annotated[BulkForm, Form()]) -> Response:
    """Do it to each ticked case, and say for each what happened or why not."""
    if not (may_everywhere(account, Action.SPEAK) or may(account, Action.SPEAK, account.agency or "")):
        raise Forbidden("Only agencies do this.")
    doer = Doer(actor(account), form.key, allow=partial(check, account))
    outcomes = [] if form.do == "nothing" else await in_bulk(database, form.reference, form.action(), doer)
    return page(request, "bulk.html", outcomes=outcomes, do=form.do, back=safe_next(form.back))

"""The language that a member of staff reads."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from contact_center.accounts.models import Account
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.entering import safe_next
from contact_center.console.rendering import BASE
from contact_center.console.staff import OwnAccount

router = APIRouter()


@router.post("/language")
async def choose(
    account: OwnAccount,
    database: DatabaseOf,
    language: Annotated[Literal["ar", "en"], Form()],
    next: Annotated[str, Form(max_length=500)] = f"{BASE}/",
) -> RedirectResponse:
    """Keep the account's language, and go back to the page that was open."""
    async with database.transaction() as session:
        (await session.get_one(Account, account.id)).language = language
    return RedirectResponse(safe_next(next), 303)

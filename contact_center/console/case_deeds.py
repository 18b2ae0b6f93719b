"""What is done on a case's page: once for each form sent, told to the citizen, and the page again afterwards."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.agencies.queries import catalogue
from contact_center.api.files import PICTURES
from contact_center.attachments.proof import Proof
from contact_center.cases.escalations import note_seen
from contact_center.cases.models import Case, CaseEvent
from contact_center.console.call_view import note
from contact_center.console.case_view import find, view
from contact_center.console.permissions import may_see
from contact_center.console.rendering import BASE, language_of, page
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from contact_center.notifications.canned import FilledReply
from contact_center.notifications.case_events import tell_event

Key = Annotated[str, Form(min_length=8, max_length=100)]
"""Made with the page, so that sending its form twice does the thing once."""
Words = Annotated[str, Form(max_length=10_000)]
Act = Callable[[AsyncSession, Case], Awaitable[CaseEvent]]

_TYPED: Mapping[str, str] = {"text": "", "word": "", "interim": "", "reason": "", "staff_note": "", "progress": ""}
"""What the page's forms may hold when it is shown again."""


@dataclass(frozen=True)
class Canned:
    """A canned reply by its code, and the field of the page that it goes into."""

    code: str
    field: str

    def among(self, replies: Sequence[FilledReply]) -> Mapping[str, str]:
        """What is then typed, by the page's name for the field; nothing where the code is none of theirs."""
        name = "text" if self.field == "reply" else self.field
        return next(({name: reply.text} for reply in replies if reply.code == self.code), {})


async def do(
    request: Request,
    database: Database,
    account: Account,
    reference: str,
    act: Act,
    *,
    done: str,
    then: str = "",
    files: Proof | None = None,
    **typed: str,
) -> Response:
    """Act on the case, tell the citizen, and show the page again, or that of the case `then`; what was typed stays
    where that is not possible. `files`: what `act` may keep.
    """
    try:
        async with files.checked() if files else nullcontext(), database.transaction() as session:
            case = await find(session, account, reference)
            event = await act(session, case)
            await tell_event(session, await catalogue(session), case, event)
    except (Conflict, InvalidInput) as error:
        return await case_page(
            request, database, account, reference, status=error.status, fault=error.code, typed=typed
        )
    # Sent on, it may be another agency's and no longer for these eyes.
    page = f"/cases/{then or case.reference}" if may_see(account, case) else "/cases"
    return RedirectResponse(f"{BASE}{page}?done={done}", 303)


async def case_page(
    request: Request,
    database: Database,
    account: Account,
    reference: str,
    *,
    status: int = 200,
    done: str = "",
    fault: str = "",
    canned: Canned | None = None,
    typed: Mapping[str, str] = _TYPED,
) -> Response:
    """The case's page, with what was done or why not, and what was `typed` (see `_TYPED`) in its forms."""
    async with database.transaction() as session:
        case = await find(session, account, reference)
        seen = await view(session, account, case, language_of(request))
        await note_seen(session, account, case)
    begun = canned.among(seen.canned) if canned else {}
    values = {**_TYPED, **typed, **begun, "key": secrets.token_hex(16)}
    return page(request, "case.html", status, view=seen, pictures=PICTURES, note=note, done=done, fault=fault, **values)

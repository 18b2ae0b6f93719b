"""What citizens were to be told and were not: the list, and sending one again."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from contact_center.accounts import audit
from contact_center.accounts.roles import Action, may
from contact_center.api.dependencies import DatabaseOf
from contact_center.console.permissions import agency_seen
from contact_center.console.rendering import BASE, page
from contact_center.console.staff import Staff, actor
from contact_center.conversations.replaying import replay
from contact_center.errors import Conflict, NotFound
from contact_center.notifications import sent

router = APIRouter(prefix="/messages")


@router.get("")
async def show(request: Request, account: Staff, database: DatabaseOf, done: str = "") -> Response:
    """What failed, the newest first. `done`: what has just become of one of them."""
    async with database.transaction() as session:
        unsent = await sent.unsent(session, agency_seen(account))
    return page(request, "messages.html", unsent=unsent, done=done)


@router.post("/{message_id}/again")
async def send_again(message_id: int, account: Staff, database: DatabaseOf) -> Response:
    """Send one again; a second click finds it on its way."""
    done = "again"
    async with database.transaction() as session:
        agency = await sent.agency_of(session, message_id)
        if agency is None or not may(account, Action.SEE, agency):
            raise NotFound("There is no such message.")
        try:
            await replay(session, str(message_id))
            await audit.record(session, actor(account), "message.send_again", str(message_id))
        except Conflict:
            done = "under_way"
    return RedirectResponse(f"{BASE}/messages?done={done}", 303)

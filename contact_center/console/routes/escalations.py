"""What has been escalated to whom is reading."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from contact_center.accounts.roles import Action, may, may_everywhere
from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf
from contact_center.cases import escalations
from contact_center.console.case_rows import rows
from contact_center.console.rendering import language_of, page
from contact_center.console.staff import Staff
from contact_center.errors import Forbidden

router = APIRouter()


@router.get("/escalations")
async def show(request: Request, account: Staff, database: DatabaseOf) -> Response:
    """The cases that reach the account, the most urgent first; whoever sees an agency's figures, also those."""
    if not escalations.concern(account):
        raise Forbidden("Nothing is escalated to this role.")
    sees_figures = may_everywhere(account, Action.SEE_FIGURES) or may(account, Action.SEE_FIGURES, account.agency or "")
    async with database.transaction() as session:
        found = await escalations.most_urgent(session, account)
        listed = await rows(session, [each.case for each in found], await catalogue(session), language_of(request))
        levels = await escalations.by_level(session, account.agency) if sees_figures else {}
    return page(request, "escalations.html", listed=list(zip(found, listed, strict=True)), levels=levels)

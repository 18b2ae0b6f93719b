"""Who is at the console: dependencies of its routes."""

from typing import Annotated

from fastapi import Depends, Request

from contact_center.accounts.models import Account
from contact_center.api.dependencies import DatabaseOf, signed_in
from contact_center.console.permissions import configures, takes_calls
from contact_center.console.waiting import waiting_for
from contact_center.errors import Forbidden, Unauthenticated


async def staff(
    request: Request, account: Annotated[Account | None, Depends(signed_in)], database: DatabaseOf
) -> Account:
    """The account that is signed in; raises `Unauthenticated`, which sends people to the sign-in page.

    Every page says what waits for its reader, so that is counted here.
    """
    if account is None:
        raise Unauthenticated("Please sign in.")
    request.state.account = account
    async with database.transaction() as session:
        request.state.waiting = await waiting_for(session, account)
    return account


async def call_desk(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever takes calls; raises `Forbidden` for others."""
    if not takes_calls(account):
        raise Forbidden("This is for the contact centre.")
    return account


async def administrator(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may configure; raises `Forbidden` for others."""
    if not configures(account):
        raise Forbidden("This is for administrators.")
    return account


Staff = Annotated[Account, Depends(staff)]
CallDesk = Annotated[Account, Depends(call_desk)]
Administrator = Annotated[Account, Depends(administrator)]


def actor(account: Account) -> str:
    """How an account is named in timelines and in the audit trail."""
    return f"account:{account.username}"

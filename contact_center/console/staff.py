"""Who is at the console: dependencies of its routes."""

from typing import Annotated

from fastapi import Depends, Request

from contact_center.accounts.first_steps import check_ready, first_step
from contact_center.accounts.models import Account
from contact_center.accounts.roles import only_reads
from contact_center.api.dependencies import SAFE_METHODS, DatabaseOf, TwoFactorRolesOf, signed_in
from contact_center.console.permissions import (
    administers,
    audits,
    configures,
    sees_configuration,
    sees_people,
    serves_people,
    takes_calls,
)
from contact_center.console.waiting import waiting_for
from contact_center.errors import Forbidden, Unauthenticated


async def own_account(
    request: Request,
    account: Annotated[Account | None, Depends(signed_in)],
    database: DatabaseOf,
    two_factor_roles: TwoFactorRolesOf,
) -> Account:
    """The account that is signed in, for the pages about oneself; raises `Unauthenticated`, which sends people to the
    sign-in page.

    Every page says what waits for its reader, so that is counted here.
    """
    if account is None:
        raise Unauthenticated("Please sign in.")
    request.state.account = account
    request.state.first_step = first_step(account, two_factor_roles)
    if request.state.first_step is None:
        async with database.transaction() as session:
            request.state.waiting = await waiting_for(session, account)
    return account


async def staff(
    request: Request, account: Annotated[Account, Depends(own_account)], two_factor_roles: TwoFactorRolesOf
) -> Account:
    """The same, for all other pages; raises `NotYet`, which leads to what has to be done first, and `Forbidden` where
    somebody who only reads would change something."""
    check_ready(account, two_factor_roles)
    if request.method not in SAFE_METHODS and only_reads(account):
        raise Forbidden("This account only reads.")
    return account


async def call_desk(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever takes calls; raises `Forbidden` for others."""
    if not takes_calls(account):
        raise Forbidden("This is for the contact centre.")
    return account


async def people_reader(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may open people's pages; raises `Forbidden` for others."""
    if not sees_people(account):
        raise Forbidden("This is for the contact centre.")
    return account


async def people_server(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may change something there; raises `Forbidden` for others."""
    if not serves_people(account):
        raise Forbidden("This is for the contact centre.")
    return account


async def administrator(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may configure; raises `Forbidden` for others."""
    if not configures(account):
        raise Forbidden("This is for administrators.")
    return account


async def configuration_reader(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may read what is configured; raises `Forbidden` for others."""
    if not sees_configuration(account):
        raise Forbidden("This is for administrators and auditors.")
    return account


async def staff_administrator(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may make and change accounts and keys; raises `Forbidden` for others."""
    if not administers(account):
        raise Forbidden("This is for administrators.")
    return account


async def auditor(account: Annotated[Account, Depends(staff)]) -> Account:
    """The same, for whoever may see accounts, keys and who did what; raises `Forbidden` for others."""
    if not audits(account):
        raise Forbidden("This is for administrators and auditors.")
    return account


def client_address(request: Request) -> str:
    """The IP address that a request comes from."""
    return request.client.host if request.client else "-"


OwnAccount = Annotated[Account, Depends(own_account)]
Staff = Annotated[Account, Depends(staff)]
CallDesk = Annotated[Account, Depends(call_desk)]
PeopleReader = Annotated[Account, Depends(people_reader)]
PeopleServer = Annotated[Account, Depends(people_server)]
Administrator = Annotated[Account, Depends(administrator)]
ConfigurationReader = Annotated[Account, Depends(configuration_reader)]
StaffAdministrator = Annotated[Account, Depends(staff_administrator)]
Auditor = Annotated[Account, Depends(auditor)]


def actor(account: Account) -> str:
    """How an account is named in timelines and in the audit trail."""
    return f"account:{account.username}"

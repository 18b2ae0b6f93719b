"""Who may see and do what with cases. Pure; whatever is not named here is not allowed."""

from collections.abc import Mapping

from contact_center.accounts.models import Account
from contact_center.accounts.service import Role
from contact_center.api.dependencies import CALL_DESK
from contact_center.cases.lifecycle import CLOCK, TRANSITIONS, Clock, Status, Who, set_by_hand
from contact_center.cases.models import Case
from contact_center.errors import Forbidden

_AGENCYS, _CITIZENS = set_by_hand(Who.AGENCY), set_by_hand(Who.CITIZEN)
CHOICES: Mapping[str, frozenset[Status]] = {
    Role.OFFICER: _AGENCYS,
    Role.AGENT: _CITIZENS,
    Role.ADMIN: _AGENCYS | _CITIZENS,
}
"""Statuses that a person sets by hand; the contact centre does for a citizen what the citizen may do."""


def takes_calls(account: Account) -> bool:
    """Whether the account sits at the call desk."""
    return account.role in CALL_DESK


def agency_seen(account: Account) -> str | None:
    """The agency whose cases the account sees; None: all. Raises `Forbidden` for a role that sees none."""
    if account.role in CALL_DESK:
        return None
    if account.role == Role.OFFICER and account.agency:
        return account.agency
    raise Forbidden("This account sees no cases.")


def may_see(account: Account, case: Case) -> bool:
    """Whether the account may see this case."""
    return agency_seen(account) in (None, case.agency)


def speaks_for_agency(account: Account, case: Case) -> bool:
    """Whether the account may speak to the citizen as the case's agency: the contact centre does not."""
    return account.role in (Role.OFFICER, Role.ADMIN) and may_see(account, case)


def may_answer(account: Account, case: Case) -> bool:
    """The same, for a case that can be answered as it stands."""
    return speaks_for_agency(account, case) and Status.ANSWERED in TRANSITIONS[Status(case.status)]


def may_promise(account: Account, case: Case) -> bool:
    """Whether the account may promise the citizen another date: the agency may, once, while the clock runs."""
    runs = CLOCK[Status(case.status)] == Clock.RUNS
    return runs and case.promised_at is None and speaks_for_agency(account, case)


def may_set(account: Account, case: Case, status: str) -> bool:
    """Whether the account may set this status by hand, wherever the case stands."""
    return may_see(account, case) and status in CHOICES.get(account.role, frozenset())


def statuses(account: Account, case: Case) -> list[Status]:
    """Where the account may move the case by hand from where it stands, in the order of a case's life."""
    possible = TRANSITIONS[Status(case.status)] - {Status(case.status)}
    return [status for status in Status if status in possible and may_set(account, case, status)]

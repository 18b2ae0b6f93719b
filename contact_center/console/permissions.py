"""Who may see and do what with a case, by the table in `accounts.roles` and how the case stands."""

from collections.abc import Mapping

from contact_center.accounts.models import Account
from contact_center.accounts.roles import Action, may, may_everywhere
from contact_center.agencies.entries import AgencyEntry, Catalogue
from contact_center.cases.lifecycle import CLOCK, TRANSITIONS, Clock, Status, Who, set_by_hand
from contact_center.cases.models import Case
from contact_center.cases.praise import can_be_passed_on
from contact_center.cases.reopening import refusal
from contact_center.clock import now
from contact_center.errors import Forbidden

BY_HAND: Mapping[Action, frozenset[Status]] = {
    Action.SPEAK: set_by_hand(Who.AGENCY),
    Action.ACT_FOR_CITIZEN: set_by_hand(Who.CITIZEN),
}
"""Statuses that a person sets by hand; the contact centre does for a citizen what the citizen may do."""


def takes_calls(account: Account) -> bool:
    """Whether the account sits at the call desk."""
    return may_everywhere(account, Action.TAKE_CALLS)


def configures(account: Account) -> bool:
    """Whether the account may change agencies, categories, calendars and texts."""
    return may_everywhere(account, Action.CONFIGURE)


def sees_configuration(account: Account) -> bool:
    """Whether the account may read them, and who changed them."""
    return may_everywhere(account, Action.SEE_CONFIGURATION)


def administers(account: Account) -> bool:
    """Whether the account may make and change accounts and keys."""
    return may_everywhere(account, Action.ADMINISTER)


def audits(account: Account) -> bool:
    """Whether the account may see them, and who did what."""
    return may_everywhere(account, Action.AUDIT)


def sees_people(account: Account) -> bool:
    """Whether the account may look at all that is known of a person."""
    return may_everywhere(account, Action.SEE_PEOPLE)


def serves_people(account: Account) -> bool:
    """Whether the account may do for a person what they ask with their own data."""
    return may_everywhere(account, Action.SERVE_PEOPLE)


def agency_seen(account: Account) -> str | None:
    """The agency whose cases the account sees; None: all. Raises `Forbidden` for a role that sees none."""
    if may_everywhere(account, Action.SEE):
        return None
    if account.agency and may(account, Action.SEE, account.agency):
        return account.agency
    raise Forbidden("This account sees no cases.")


def may_see(account: Account, case: Case) -> bool:
    """Whether the account may see this case."""
    return may(account, Action.SEE, case.agency)


def may_see_conversation(account: Account, case: Case) -> bool:
    """Whether the account may read all of the conversation that the case came from."""
    return may(account, Action.SEE_CONVERSATION, case.agency)


def routes_on(account: Account, catalogue: Catalogue) -> bool:
    """Whether the account works the queue of cases that the fallback agency routes on."""
    return may(account, Action.SPEAK, catalogue.fallback_agency)


def speaks_for_agency(account: Account, case: Case) -> bool:
    """Whether the account may speak to the citizen as the case's agency: the contact centre does not."""
    return may(account, Action.SPEAK, case.agency)


def sees_compliments(account: Account) -> bool:
    """Whether the account has a page of compliments: those who speak for an agency."""
    return may_everywhere(account, Action.SPEAK) or may(account, Action.SPEAK, account.agency or "")


def may_pass_on(account: Account, case: Case) -> bool:
    """Whether the account may mark this case as passed on to the person it praises."""
    return can_be_passed_on(case) and may(account, Action.PRAISE, case.agency)


def may_answer(account: Account, case: Case) -> bool:
    """The same, for a case that can be answered as it stands."""
    return speaks_for_agency(account, case) and Status.ANSWERED in TRANSITIONS[Status(case.status)]


def may_promise(account: Account, case: Case) -> bool:
    """Whether the account may promise the citizen another date: the agency may, once, while the clock runs."""
    runs = CLOCK[Status(case.status)] == Clock.RUNS
    return runs and case.promised_at is None and speaks_for_agency(account, case)


def may_set(account: Account, case: Case, status: str) -> bool:
    """Whether the account may set this status by hand, wherever the case stands."""
    return any(status in choices for action, choices in BY_HAND.items() if may(account, action, case.agency))


def bound_by_rule(account: Account, case: Case, status: str) -> bool:
    """Whether its agency's rule for reopening decides: not over the agency's own staff."""
    return status == Status.REOPENED and not speaks_for_agency(account, case)


def statuses(account: Account, case: Case, agency: AgencyEntry) -> list[Status]:
    """Where the account may move the case by hand from where it stands, in the order of a case's life.

    `agency`: the case's.
    """
    possible = TRANSITIONS[Status(case.status)] - {Status(case.status)}
    if bound_by_rule(account, case, Status.REOPENED) and refusal(case, agency, now()):
        possible -= {Status.REOPENED}
    return [status for status in Status if status in possible and may_set(account, case, status)]

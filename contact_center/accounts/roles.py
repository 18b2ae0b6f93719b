"""What members of staff are, and what each may do. Pure; whatever is not in the table is not allowed."""

from collections.abc import Mapping
from enum import StrEnum

from contact_center.accounts.models import Account


class Role(StrEnum):
    """What a member of staff is; those of an agency from the lowest to the highest."""

    ADMIN = "admin"
    AUDITOR = "auditor"
    """Reads everything and changes nothing."""
    AGENT = "agent"
    """Of the contact centre."""
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HEAD = "head"


class Action(StrEnum):
    """What somebody may do; those of an agency, with that agency's."""

    SEE = "see"
    """See cases and their files, and write notes for staff."""
    SPEAK = "speak"
    """Answer, ask, promise, send on, and set the status as the case's agency."""
    ACT_FOR_CITIZEN = "act_for_citizen"
    """Withdraw and reopen cases for those who filed them."""
    TAKE_CALLS = "take_calls"
    """Hold calls and conversations."""
    SEE_CONVERSATION = "see_conversation"
    """Read all of the conversation that a case came from, and who is in it."""
    SEE_FIGURES = "see_figures"
    """See how the agency does: what is late, and with whom."""
    CONFIGURE = "configure"
    """Change agencies, categories, calendars and texts."""
    SEE_CONFIGURATION = "see_configuration"
    """Read them, and who changed them."""
    ADMINISTER = "administer"
    """Make and change the accounts of staff and the keys of machines."""
    AUDIT = "audit"
    """See these, and who did what."""
    SEE_PEOPLE = "see_people"
    """Open a person's page: all that is known of them, whichever agency's it is."""
    SERVE_PEOPLE = "serve_people"
    """Set whether a person wants messages; ask that what is held of them be exported or erased, and decide it."""
    PRAISE = "praise"
    """Pass compliments on to the people they are about, and say so."""


_AGENCYS = frozenset({Action.SEE, Action.SPEAK})

MAY: Mapping[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.AUDITOR: frozenset(
        {
            Action.SEE,
            Action.SEE_CONVERSATION,
            Action.SEE_PEOPLE,
            Action.SEE_FIGURES,
            Action.SEE_CONFIGURATION,
            Action.AUDIT,
        }
    ),
    Role.AGENT: frozenset(
        {
            Action.SEE,
            Action.ACT_FOR_CITIZEN,
            Action.TAKE_CALLS,
            Action.SEE_CONVERSATION,
            Action.SEE_PEOPLE,
            Action.SERVE_PEOPLE,
        }
    ),
    Role.OFFICER: _AGENCYS,
    Role.SUPERVISOR: _AGENCYS | {Action.PRAISE},
    Role.HEAD: _AGENCYS | {Action.SEE_FIGURES, Action.PRAISE},
}
AGENCY_ROLES = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.HEAD})
"""Those who belong to one agency; the others belong to none, and what they may do they may everywhere."""
READERS = frozenset({Role.AUDITOR})
"""Those who change nothing but what is about themselves, whatever comes to be allowed to who sees it."""


def may(account: Account, action: Action, agency: str) -> bool:
    """Whether an account may do that with what is an agency's (by its code)."""
    if account.role not in MAY or action not in MAY[Role(account.role)]:
        return False
    return account.role not in AGENCY_ROLES or account.agency == agency


def only_reads(account: Account) -> bool:
    """Whether an account may look at things and no more."""
    return account.role in READERS


def may_everywhere(account: Account, action: Action) -> bool:
    """Whether an account may do that whichever agency's it is."""
    return account.role in MAY and account.role not in AGENCY_ROLES and action in MAY[Role(account.role)]

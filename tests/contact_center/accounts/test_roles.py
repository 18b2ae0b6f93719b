"""Role by agency by action: everyone may what they may, and nothing else."""

from itertools import product

import pytest

from contact_center.accounts.models import Account
from contact_center.accounts.roles import AGENCY_ROLES, MAY, READERS, Action, Role, may, may_everywhere, only_reads

OWN, OTHER = "works", "ewa"
SEE, SPEAK, ACT, CALLS, TALK, FIGURES, PRAISE, CONFIGURE, SEE_CONFIGURATION, ADMINISTER, AUDIT, PEOPLE, SERVE = (
    Action.SEE,
    Action.SPEAK,
    Action.ACT_FOR_CITIZEN,
    Action.TAKE_CALLS,
    Action.SEE_CONVERSATION,
    Action.SEE_FIGURES,
    Action.PRAISE,
    Action.CONFIGURE,
    Action.SEE_CONFIGURATION,
    Action.ADMINISTER,
    Action.AUDIT,
    Action.SEE_PEOPLE,
    Action.SERVE_PEOPLE,
)
EVERYWHERE = {
    "admin": {
        SEE, SPEAK, ACT, CALLS, TALK, FIGURES, PRAISE, CONFIGURE, SEE_CONFIGURATION, ADMINISTER, AUDIT, PEOPLE, SERVE,
    },
    "auditor": {SEE, TALK, FIGURES, SEE_CONFIGURATION, AUDIT, PEOPLE},
    "agent": {SEE, ACT, CALLS, TALK, PEOPLE, SERVE},
    "officer": set(),
    "supervisor": set(),
    "head": set(),
    "king": set(),
}  # fmt: skip
AT_HOME = {"officer": {SEE, SPEAK}, "supervisor": {SEE, SPEAK, PRAISE}, "head": {SEE, SPEAK, FIGURES, PRAISE}}
"""With what is their own agency's."""


def person(role: str) -> Account:
    return Account(username="x", role=role, agency=OWN if role in AGENCY_ROLES else None)


@pytest.mark.parametrize(("role", "agency", "action"), [*product(EVERYWHERE, (OWN, OTHER), Action)])
def test_what_each_role_may_do_with_what_is_whose(role: str, agency: str, action: Action) -> None:
    allowed = action in EVERYWHERE[role] or (agency == OWN and action in AT_HOME.get(role, set()))
    assert may(person(role), action, agency) is allowed


@pytest.mark.parametrize(("role", "action"), [*product(EVERYWHERE, Action)])
def test_what_each_role_may_do_everywhere(role: str, action: Action) -> None:
    assert may_everywhere(person(role), action) is (action in EVERYWHERE[role])


@pytest.mark.parametrize("role", sorted(AGENCY_ROLES))
def test_an_agencys_role_without_an_agency_may_nothing(role: str) -> None:
    assert not [action for action in Action for agency in (OWN, OTHER) if may(Account(role=role), action, agency)]


def test_the_table_names_every_role() -> None:
    assert set(MAY) == set(Role) == set(EVERYWHERE) - {"king"}


@pytest.mark.parametrize("role", EVERYWHERE)
def test_the_auditor_alone_only_reads(role: str) -> None:
    assert only_reads(person(role)) is (role == "auditor")


def test_who_only_reads_may_nothing_that_changes_something() -> None:
    changes = {SPEAK, ACT, CALLS, PRAISE, CONFIGURE, ADMINISTER, SERVE}
    assert [role for role in READERS if MAY[role] & changes] == []

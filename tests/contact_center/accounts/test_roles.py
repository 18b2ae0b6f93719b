"""Role by agency by action: everyone may what they may, and nothing else."""

from itertools import product

import pytest

from contact_center.accounts.models import Account
from contact_center.accounts.roles import AGENCY_ROLES, MAY, Action, Role, may, may_everywhere

OWN, OTHER = "works", "ewa"
SEE, SPEAK, ACT, CALLS, TALK, FIGURES, PRAISE, CONFIGURE = (
    Action.SEE,
    Action.SPEAK,
    Action.ACT_FOR_CITIZEN,
    Action.TAKE_CALLS,
    Action.SEE_CONVERSATION,
    Action.SEE_FIGURES,
    Action.PRAISE,
    Action.CONFIGURE,
)
EVERYWHERE = {
    "admin": {SEE, SPEAK, ACT, CALLS, TALK, FIGURES, PRAISE, CONFIGURE},
    "agent": {SEE, ACT, CALLS, TALK},
    "officer": set(),
    "supervisor": set(),
    "head": set(),
    "king": set(),
}
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

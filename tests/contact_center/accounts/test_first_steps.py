"""What somebody has to do before anything else."""

import pytest

from contact_center.accounts.first_steps import NotYet, check_ready, first_step, roles_named
from contact_center.accounts.models import Account
from contact_center.accounts.roles import Role
from contact_center.clock import now
from contact_center.errors import InvalidInput

MUST = frozenset({Role.ADMIN, Role.HEAD})


def account(role: str, **more: object) -> Account:
    return Account(username="x", role=role, **({"password_temporary": False} | more))


def test_roles_are_named_in_one_line() -> None:
    assert roles_named("") == roles_named(" , ") == frozenset()
    assert roles_named("admin, head") == MUST
    with pytest.raises(InvalidInput, match="king"):
        roles_named("admin,king")


@pytest.mark.parametrize("role", Role)
def test_a_second_factor_is_for_whom_it_is_demanded_of(role: str) -> None:
    assert first_step(account(role), MUST) == ("two_factor" if role in MUST else None)
    assert first_step(account(role, two_factor_since=now()), MUST) is None


def test_a_temporary_password_comes_first() -> None:
    assert first_step(account("admin", password_temporary=True), MUST) == "password"
    assert first_step(account("agent", password_temporary=True), frozenset()) == "password"


def test_who_is_not_ready_is_told_what_is_missing() -> None:
    check_ready(account("agent"), MUST)
    with pytest.raises(NotYet) as told:
        check_ready(account("admin"), MUST)
    assert told.value.details["step"] == "two_factor"

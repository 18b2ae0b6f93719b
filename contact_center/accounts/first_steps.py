"""What a member of staff has to do before anything else. Pure."""

from collections.abc import Collection
from typing import Literal

from contact_center.accounts.models import Account
from contact_center.accounts.roles import Role
from contact_center.errors import Forbidden, InvalidInput

FirstStep = Literal["password", "two_factor"]


class NotYet(Forbidden):
    """Something has to be done first; `details['step']` says what."""

    code = "not_yet"


def roles_named(setting: str) -> frozenset[Role]:
    """The roles of a setting like `admin,head`. Raises `InvalidInput` for a name that is no role."""
    names = {name.strip() for name in setting.split(",") if name.strip()}
    if names - set(Role):
        raise InvalidInput(f"No roles: {', '.join(sorted(names - set(Role)))}. A role is one of {', '.join(Role)}.")
    return frozenset(map(Role, names))


def first_step(account: Account, two_factor_roles: Collection[str]) -> FirstStep | None:
    """What is still to do: another password for a temporary one, then the second factor that the role demands."""
    if account.password_temporary:
        return "password"
    if account.role in two_factor_roles and account.two_factor_since is None:
        return "two_factor"
    return None


def check_ready(account: Account, two_factor_roles: Collection[str]) -> None:
    """Raise `NotYet` where something is still to do."""
    step = first_step(account, two_factor_roles)
    if step is not None:
        raise NotYet("Something has to be set up first, in the console.", step=step)

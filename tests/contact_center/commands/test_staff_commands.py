"""`tawasul users` and `tawasul keys` on a real database."""

import re
from collections.abc import Callable

import pytest
from pyotp import TOTP
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from contact_center.accounts import second_factor
from contact_center.accounts.api_keys import verify_key
from contact_center.accounts.passwords import matches
from contact_center.accounts.queries import account_named
from contact_center.accounts.second_factor import PURPOSE
from contact_center.accounts.vault import Vault
from contact_center.clock import now
from contact_center.commands.database import in_transaction
from contact_center.commands.failures import sentence_for
from contact_center.errors import Conflict, InvalidInput, NotFound

Tawasul = Callable[..., Result]


def test_an_account_from_its_making_to_its_end(tawasul: Tawasul) -> None:
    made = tawasul("users", "add", "Maryam", "--role", "officer", "--agency", "ewa", "--name", "مريم")
    password = made.stdout.strip()
    account = in_transaction(lambda session: account_named(session, "maryam"))
    assert account
    assert (account.role, account.agency, account.display_name) == ("officer", "ewa", "مريم")
    assert matches(password, account.password_hash)

    assert tawasul("users", "duty", "maryam", "on").stdout == "maryam is on duty.\n"
    assert in_transaction(lambda session: account_named(session, "maryam")).on_duty

    again = tawasul("users", "reset", "maryam").stdout.strip()
    changed = in_transaction(lambda session: account_named(session, "maryam"))
    assert again != password
    assert matches(again, changed.password_hash)
    assert not matches(password, changed.password_hash)

    assert tawasul("users", "disable", "maryam").stdout == "maryam is disabled.\n"
    assert in_transaction(lambda session: account_named(session, "maryam")).disabled_at


def test_what_cannot_be_is_refused_with_a_sentence(tawasul: Tawasul) -> None:
    assert isinstance(tawasul("users", "reset", "nobody").exception, NotFound)
    assert isinstance(tawasul("users", "add", "x y").exception, InvalidInput)
    tawasul("users", "add", "ali")
    refused = tawasul("users", "add", "ali")
    assert isinstance(refused.exception, Conflict)
    assert sentence_for(refused.exception) == "There is already an account ali."
    assert tawasul("users", "duty", "ali", "maybe").exit_code == 2


def test_a_key_is_printed_once_and_works(tawasul: Tawasul) -> None:
    key = tawasul("keys", "create", "telephone system").stdout.strip()
    known = in_transaction(lambda session: verify_key(session, key))
    assert known
    assert known.name == "telephone system"
    assert isinstance(tawasul("keys", "create", "telephone system").exception, Conflict)


def test_keys_are_listed_with_their_use_and_revoked(tawasul: Tawasul) -> None:
    for name in ("crm", "erp", "site"):
        key = tawasul("keys", "create", name).stdout.strip()
        if name == "erp":
            assert in_transaction(lambda session, key=key: verify_key(session, key))
    assert tawasul("keys", "revoke", "site").stdout == "The key site is revoked.\n"
    assert in_transaction(lambda session: verify_key(session, key)) is None
    crm, erp, site = tawasul("keys", "list").stdout.splitlines()
    assert (crm, site) == ("crm: not used yet", "site: revoked")
    assert re.fullmatch(r"erp: last used \d{4}-\d\d-\d\d \d\d:\d\d UTC", erp)
    assert isinstance(tawasul("keys", "revoke", "nobody").exception, NotFound)


def test_a_lost_second_factor_is_reset_and_an_account_enabled_again(tawasul: Tawasul) -> None:
    tawasul("users", "add", "mona")
    vault = Vault("a key", PURPOSE)

    async def set_up(session: AsyncSession) -> None:
        account = await account_named(session, "mona")
        assert account
        await second_factor.begin(session, account.id, vault)
        setup = await second_factor.setup_of(session, account, vault)
        assert setup
        code = TOTP(setup.secret).at(now())
        assert await second_factor.confirm(session, account.id, vault, code, "-", actor="account:mona")

    in_transaction(set_up)
    assert in_transaction(lambda session: account_named(session, "mona")).two_factor_since
    assert tawasul("users", "reset-two-factor", "mona").exit_code == 0
    assert in_transaction(lambda session: account_named(session, "mona")).two_factor_since is None
    tawasul("users", "disable", "mona")
    assert tawasul("users", "enable", "mona").stdout == "mona is enabled.\n"
    assert in_transaction(lambda session: account_named(session, "mona")).disabled_at is None
    assert isinstance(tawasul("users", "reset-two-factor", "nobody").exception, NotFound)


@pytest.mark.parametrize("role", ["supervisor", "head"])
def test_those_above_the_officers_are_of_an_agency_too(tawasul: Tawasul, role: str) -> None:
    assert isinstance(tawasul("users", "add", "Huda", "--role", role).exception, InvalidInput)
    assert tawasul("users", "add", "Huda", "--role", role, "--agency", "works").exit_code == 0
    made = in_transaction(lambda session: account_named(session, "huda"))
    assert (made.role, made.agency) == (role, "works")

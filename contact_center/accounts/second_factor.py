"""The second step of signing in: codes of an authenticator app (TOTP, RFC 6238), or one of the recovery codes."""

import re
from dataclasses import dataclass
from uuid import UUID

import structlog
from pyotp import TOTP, OTPVerificationError, random_base32
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic.normalise import digits
from contact_center.accounts import audit, recovery
from contact_center.accounts.models import Account, SecondFactor
from contact_center.accounts.queries import account_named
from contact_center.accounts.sign_in import MAX_PER_ADDRESS, count, forgive
from contact_center.accounts.vault import Unreadable, Vault
from contact_center.clock import now
from contact_center.errors import Conflict, NotFound

PURPOSE = "two-factor"
"""What the vault of the secrets is for."""
MAX_PER_ACCOUNT = 5
"""Wrong codes in a quarter of an hour; fewer than wrong passwords, for a code has six digits only."""
_ISSUER = "Tawasul"
_SKEW = 1
"""Steps of 30 seconds by which the phone's clock may be off, either way."""
_CODE = re.compile(r"[0-9]{6}")

log = structlog.get_logger()


@dataclass(frozen=True)
class Setup:
    """What an authenticator app needs: the secret in base32, and the same as an `otpauth://` address."""

    secret: str
    address: str


async def begin(session: AsyncSession, account_id: UUID, vault: Vault) -> None:
    """Make a new secret, which is in use once `confirm` has seen a code of it. Raises `Conflict` if one is in use."""
    account = await _locked(session, account_id)
    if account.two_factor_since is not None:
        raise Conflict("There is a second factor already.")
    sealed = vault.seal(random_base32())
    await session.merge(SecondFactor(account_id=account_id, sealed_secret=sealed, last_step=0, created_at=now()))
    await session.flush()


async def setup_of(session: AsyncSession, account: Account, vault: Vault) -> Setup | None:
    """What there is to be confirmed; None where nothing was begun, or it is in use and is shown no more."""
    factor = await session.get(SecondFactor, account.id)
    if factor is None or account.two_factor_since is not None:
        return None
    try:
        secret = vault.open(factor.sealed_secret)
    except Unreadable:
        return None
    return Setup(secret, TOTP(secret).provisioning_uri(name=account.username, issuer_name=_ISSUER))


async def confirm(
    session: AsyncSession, account_id: UUID, vault: Vault, code: str, address: str, *, actor: str
) -> list[str] | None:
    """Put the secret that was begun in use if this is a code of it; returns the recovery codes, None for a wrong code.

    Commit in either case. Raises `Conflict` where nothing was begun or it is in use already, `TooMany`.
    """
    account = await _locked(session, account_id)
    if account.two_factor_since is not None or await session.get(SecondFactor, account_id) is None:
        raise Conflict("There is nothing to confirm.")
    keys = await _counted(session, account_id, address)
    if not await _is_next_code(session, account_id, vault, code):
        return None
    await forgive(session, *keys)
    account.two_factor_since = now()
    await audit.record(session, actor, "two_factor.on", account.username)
    return await recovery.replace(session, account_id)


async def accept(session: AsyncSession, account: Account, vault: Vault, code: str, address: str) -> bool:
    """Whether this is a code of the account's, of its app or for recovery; it is none any more afterwards.

    `address`: the client's IP address. Commit in either case: a failure counts only if it is committed. Raises
    `TooMany` (with `retry_after` in seconds) where it went wrong too often within 15 minutes, `Conflict` for an account
    that has no second factor in use.
    """
    if account.two_factor_since is None:
        raise Conflict("There is no second factor.")
    keys = await _counted(session, account.id, address)
    actor = f"account:{account.username}"
    if await _is_next_code(session, account.id, vault, code):
        await forgive(session, *keys)
        return True
    if await recovery.use(session, account.id, code):
        await forgive(session, *keys)
        left = await recovery.left(session, account.id)
        await audit.record(session, actor, "two_factor.recovery_code", account.username, left=left)
        return True
    await audit.record(session, actor, "two_factor.refused", account.username)
    return False


async def renew_codes(session: AsyncSession, account: Account, *, actor: str) -> list[str]:
    """New recovery codes in place of the old ones; show them once."""
    await audit.record(session, actor, "two_factor.new_codes", account.username)
    return await recovery.replace(session, account.id)


async def turn_off(session: AsyncSession, username: str, *, actor: str, reset: bool = False) -> None:
    """Sign in without a second step from now on; `reset`: somebody else decided that. Raises `NotFound`."""
    account = await account_named(session, username, lock=True)
    if account is None:
        raise NotFound(f"There is no account {username}.")
    await session.execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))
    await recovery.forget(session, account.id)
    was_on, account.two_factor_since = account.two_factor_since is not None, None
    if was_on:
        await audit.record(session, actor, "two_factor.reset" if reset else "two_factor.off", account.username)


async def _counted(session: AsyncSession, account_id: UUID, address: str) -> tuple[str, str]:
    keys = f"code:{account_id}", f"address:{address}"
    await count(session, keys[0], MAX_PER_ACCOUNT)
    await count(session, keys[1], MAX_PER_ADDRESS)
    return keys


async def _is_next_code(session: AsyncSession, account_id: UUID, vault: Vault, typed: str) -> bool:
    """Whether it is the app's code of a step after the last one used, which it is from now on."""
    code = "".join(digits(typed).split())
    if not _CODE.fullmatch(code):
        return False
    factor = await session.get(SecondFactor, account_id, with_for_update=True, populate_existing=True)
    if factor is None:
        return False
    try:
        secret = vault.open(factor.sealed_secret)
        step = TOTP(secret).verify_and_get_timecode(code, for_time=now(), valid_window=_SKEW)
    except OTPVerificationError:
        return False
    except Unreadable:
        log.error("second_factor_unreadable", account=str(account_id))  # the secret key has changed
        return False
    if step <= factor.last_step:
        return False
    factor.last_step = step
    return True


async def _locked(session: AsyncSession, account_id: UUID) -> Account:
    return await session.get_one(Account, account_id, with_for_update=True, populate_existing=True)

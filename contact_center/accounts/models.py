"""Tables: staff accounts, their second factors and sessions, API keys, and the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.clock import now
from contact_center.database import Base

CAPACITY = 4
"""How many conversations an agent holds at once, unless an administrator says otherwise."""
LANGUAGES = ("ar", "en")
"""Those that people talk to us in."""


class Account(Base):
    """A member of staff: `admin`, `auditor`, `agent` (contact centre), or `officer`, `supervisor` or `head` of one
    agency."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(unique=True)
    """Lower case."""
    display_name: Mapped[str]
    password_hash: Mapped[str]
    """argon2id."""
    password_temporary: Mapped[bool] = mapped_column(default=False)
    """Whether somebody else knows it: its owner chooses another before anything else."""
    two_factor_since: Mapped[datetime | None]
    """Since when signing in takes a code too; None: it does not."""
    external_id: Mapped[str | None] = mapped_column(unique=True)
    """What the organisation's identity provider calls the person (`openid_name`); None: they sign in here."""
    role: Mapped[str]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agencies.code"))
    language: Mapped[str] = mapped_column(default="ar")
    on_duty: Mapped[bool] = mapped_column(default=False)
    """Whether they take conversations now; else they are away."""
    capacity: Mapped[int] = mapped_column(default=CAPACITY)
    """How many conversations they hold at once, at most."""
    speaks: Mapped[list[str]] = mapped_column(default=lambda: list(LANGUAGES))
    """In which of our languages they are given somebody to talk to: `ar`, `en` or both."""
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class SecondFactor(Base):
    """The secret that an account's authenticator app shares with us; in use once `Account.two_factor_since` is set."""

    __tablename__ = "second_factors"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sealed_secret: Mapped[str]
    """Encrypted, see `accounts.vault`."""
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The newest 30-second step of which a code was taken: none of it or before it is taken again."""
    created_at: Mapped[datetime] = mapped_column(default=now)


class RecoveryCode(Base):
    """One of the codes for whoever has lost their authenticator app; each opens once, then it is gone."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256."""


class StaffSession(Base):
    """A signed-in browser; the cookie holds the token, the table its SHA-256."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    half: Mapped[bool] = mapped_column(default=False)
    """Whether the second step of signing in is still to come: until then it opens nothing but that step."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class SignInAttempts(Base):
    """How often a sign-in was tried in the current window, per username and per address."""

    __tablename__ = "sign_in_attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    """`username:<SHA-256>` (people type passwords there), `address:<IP address>` or `code:<account's id>`."""
    tries: Mapped[int]
    window_started_at: Mapped[datetime]


class ApiKey(Base):
    """A machine's key; only its SHA-256 is kept."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]
    """To the minute."""
    revoked_at: Mapped[datetime | None]


class AuditEntry(Base):
    """Who did what to what; never changed, never deleted."""

    __tablename__ = "audit_entries"
    __table_args__ = tuple(Index(f"ix_audit_entries_{who}_at", who, "at") for who in ("actor", "action", "subject"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SavedFilter(Base):
    """A list of cases that a member of staff comes back to, by a name of their own."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    query: Mapped[str]
    """What the list is asked for, as its address has it: `status=open&due=today`."""
    created_at: Mapped[datetime] = mapped_column(default=now)

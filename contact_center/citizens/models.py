"""Tables: citizens, the channel identities that they write from, and what they ask to have done with their data."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import contact_center.accounts.models  # noqa: F401  (the table that foreign keys here name)
from contact_center.clock import now
from contact_center.database import Base


class Citizen(Base):
    """A person, as far as we know: one or more channel identities."""

    __tablename__ = "citizens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="ar")
    created_at: Mapped[datetime] = mapped_column(default=now)
    erased_at: Mapped[datetime | None]
    """When all that was known of them was erased."""


class ChannelIdentity(Base):
    """An address on a channel; `verified_phone` (E.164) only where the channel or a shared contact vouches for it."""

    __tablename__ = "channel_identities"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizens.id"), index=True)
    channel: Mapped[str]
    address: Mapped[str]
    verified_phone: Mapped[str | None] = mapped_column(index=True)
    profile_name: Mapped[str | None]
    opted_out_at: Mapped[datetime | None]
    """When the person said STOP; nothing is sent to this address until START."""


class PhoneCode(Base):
    """A one-time code that was sent to a phone, to prove that it belongs to who writes from an identity."""

    __tablename__ = "phone_codes"
    __table_args__ = (
        Index("ix_phone_codes_identity_id_created_at", "identity_id", "created_at"),
        Index("ix_phone_codes_phone_created_at", "phone", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("channel_identities.id"))
    phone: Mapped[str]
    """E.164."""
    code_hash: Mapped[str]
    """HMAC-SHA256 of id and code with the service's secret key: the code itself is kept nowhere."""
    cause: Mapped[str] = mapped_column(unique=True)
    """The message that asked for it: a repeated turn sends no second code."""
    tries: Mapped[int] = mapped_column(default=0)
    last_try: Mapped[str | None]
    """The message that was tried last: a repeated turn counts once."""
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class PrivacyRequest(Base):
    """A person's wish to have what is held of them exported or erased: asked for by one, decided by another."""

    __tablename__ = "privacy_requests"
    __table_args__ = (
        CheckConstraint("decided_by <> asked_by", name="two_people"),
        CheckConstraint(
            "(state IN ('approved', 'refused', 'done')) = (decided_by IS NOT NULL) "
            "AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_by_somebody",
        ),
        Index("uq_privacy_requests_open", "citizen_id", "kind", unique=True, postgresql_where="state = 'asked'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizens.id"), index=True)
    kind: Mapped[str]
    """`export` or `erasure`."""
    recognised_by: Mapped[str]
    """How whoever asked made sure that it is the person: see `contact_center.privacy.requests`."""
    state: Mapped[str] = mapped_column(default="asked")
    """`asked`, `withdrawn`, `refused`, `approved`, or `done`: an erasure of which nothing is left."""
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.username"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.username"))
    decided_at: Mapped[datetime | None]
    traces: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What an erasure still has to remove outside the database: `conversations` of the assistant's, `files`."""

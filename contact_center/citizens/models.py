"""Tables: citizens and the channel identities that they write from."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.clock import now
from contact_center.database import Base


class Citizen(Base):
    """A person, as far as we know: one or more channel identities."""

    __tablename__ = "citizens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="ar")
    created_at: Mapped[datetime] = mapped_column(default=now)


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

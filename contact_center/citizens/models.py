"""Tables: citizens and the channel identities that they write from."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
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

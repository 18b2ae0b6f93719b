"""Tables: calls, wishes to be called back, and where agents are rung."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import contact_center.conversations.models  # noqa: F401  (the tables that foreign keys here name)
from contact_center.clock import now
from contact_center.database import Base


class PhoneCall(Base):
    """One call, from the first ring to what an agent wrote of it."""

    __tablename__ = "phone_calls"
    __table_args__ = (
        Index("ix_phone_calls_waiting", "waiting_since", postgresql_where="state = 'waiting'"),
        Index("ix_phone_calls_began_at_id", "began_at", "id"),
        Index("ix_phone_calls_phone_began_at", "phone", "began_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    """The provider's; None: an agent typed the number."""
    phone: Mapped[str | None]
    """The number that the network shows, E.164; None: withheld."""
    language: Mapped[str]
    """`ar` or `en`: as chosen by key, before that as the person last wrote to us."""
    state: Mapped[str] = mapped_column(default="menu")
    """`menu`, `waiting`, `taken` or `ended`."""
    began_at: Mapped[datetime] = mapped_column(default=now)
    waiting_since: Mapped[datetime | None]
    """Since when they wait for an agent, or waited; it stays where an agent could not be reached."""
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.username"))
    taken_at: Mapped[datetime | None]
    times_taken: Mapped[int] = mapped_column(default=0)
    """Tells a late report about an agent who was rung before from one about who is rung now."""
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), unique=True)
    """What is said in it, once an agent has taken it."""
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """See `outcomes`; None: not yet known."""
    note: Mapped[str | None]
    """What the agent wrote of it."""
    wrapped_up_at: Mapped[datetime | None]


class Callback(Base):
    """Somebody who is to be called; one for each call that ended so."""

    __tablename__ = "callbacks"
    __table_args__ = (
        Index("ix_callbacks_open", "wanted_at", "id", postgresql_where="settled_at IS NULL"),
        Index("ix_callbacks_phone", "phone", postgresql_where="settled_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    call_id: Mapped[UUID] = mapped_column(ForeignKey("phone_calls.id"), unique=True)
    phone: Mapped[str]
    """E.164."""
    language: Mapped[str]
    wanted_at: Mapped[datetime]
    """When to call; where nobody said, when they asked."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    promised_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.username"))
    """The agent who promised it; None: the caller asked for it by key."""
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    """`account:<username>` or `key:<name>`."""
    result: Mapped[str | None]
    """See `outcomes.Result`."""


class AgentLine(Base):
    """Where an agent is rung when they take a caller."""

    __tablename__ = "agent_lines"

    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), primary_key=True)
    address: Mapped[str]
    """A number in E.164, or `client:name`."""

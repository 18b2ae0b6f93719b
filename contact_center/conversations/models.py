"""Tables: conversations, the inbox and the outbox."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

import contact_center.cases.models  # noqa: F401  (the tables that foreign keys here name)
from contact_center.clock import now
from contact_center.database import Base


class Conversation(Base):
    """One thread with one address on one channel; each phone call is a conversation of its own."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        Index("ix_conversations_with_a_draft", "last_inbound_at", postgresql_where="draft <> '{}'::jsonb"),
        Index("ix_conversations_caller_phone", "caller_phone", postgresql_where="caller_phone IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str]
    address: Mapped[str]
    """Chat id, phone in E.164, or (web chat, calls) the conversation's own id."""
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("channel_identities.id"), index=True)
    mode: Mapped[str] = mapped_column(default="assistant")
    """`assistant` or `agent`: who answers."""
    language: Mapped[str] = mapped_column(default="ar")
    """`ar` or `en`: the person's language as last seen."""
    expects: Mapped[str | None]
    """The slot that the open question asks for."""
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The half-filled case, flat, by slot name."""
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    """SHA-256 of the web chat's bearer token."""
    caller_phone: Mapped[str | None]
    """Calls only: the caller's number in E.164; None: withheld."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_inbound_at: Mapped[datetime | None]
    draft_reminded_at: Mapped[datetime | None]
    """When the person was last reminded of the half-filled case: once in each pause."""
    erased_at: Mapped[datetime | None]
    """When all that was said in it was erased: it takes no more words."""


class InboxMessage(Base):
    """An inbound message, stored before it is acknowledged; once per channel and provider id."""

    __tablename__ = "inbox_messages"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_inbox_messages_conversation_id_received_at", "conversation_id", "received_at"),
        Index("ix_inbox_messages_failed", "received_at", postgresql_where="status = 'failed'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str]
    provider_id: Mapped[str]
    content: Mapped[dict[str, Any]]
    """`contact_center.channels.base.InboundMessage` as JSON."""
    status: Mapped[str] = mapped_column(default="received")
    """`received`, `processed` or `failed`."""
    gathered_into: Mapped[UUID | None] = mapped_column(ForeignKey("inbox_messages.id"), index=True)
    """The message that this one is handled with, as one turn; itself once it is settled which are."""
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(default=now)
    processed_at: Mapped[datetime | None]


class OutboxMessage(Base):
    """An outbound message; `id` is also its order and the web chat's event id."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_conversation_id_id", "conversation_id", "id"),
        Index(
            "ix_outbox_messages_queued",
            "conversation_id",
            "id",
            postgresql_where="status IN ('queued', 'sending')",
        ),
        Index("ix_outbox_messages_channel_provider_id", "channel", "provider_id"),
        Index("ix_outbox_messages_case_event_id", "case_event_id", postgresql_where="case_event_id IS NOT NULL"),
        Index("ix_outbox_messages_instead_of", "instead_of", postgresql_where="instead_of IS NOT NULL"),
        Index("ix_outbox_messages_held", "send_after", postgresql_where="send_after IS NOT NULL"),
        Index("ix_outbox_messages_failed", "id", postgresql_where="status = 'failed'"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str]
    inbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("inbox_messages.id"), index=True)
    """The inbound message that this answers."""
    role: Mapped[str] = mapped_column(default="assistant")
    """Who speaks: `assistant`, `agent`, `agency` or `system`."""
    text: Mapped[str]
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """`[{"title", "payload"}]`; the token that goes out is made of this row's id and the button's place."""
    attachments: Mapped[list[str]] = mapped_column(default=list, server_default=sql("'[]'"))
    """Ids of the files that go with it, in their order."""
    expects: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="queued")
    """`queued`, `sending`, `sent`, `delivered`, `read`, `failed` or `unknown`; never backwards."""
    attempts: Mapped[int] = mapped_column(default=0)
    parts_sent: Mapped[int] = mapped_column(default=0, server_default="0")
    """While it is being sent: how many of its parts have arrived, so that a next try does not repeat them."""
    error: Mapped[str | None]
    provider_id: Mapped[str | None]
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    """Unique to what it is about, so that one cause never tells a person twice."""
    case_event_id: Mapped[int | None] = mapped_column(ForeignKey("case_events.id"))
    """The event of a case that it tells of."""
    notification: Mapped[dict[str, Any] | None]
    """What is told of it, so that it can be worded for another way: see `notifications.wording.Notification`."""
    send_after: Mapped[datetime | None]
    """Held back until then, so that nobody is woken; None: it may go out."""
    instead_of: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"))
    """The message that could not be sent, and this is sent in its place."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class Handoff(Base):
    """A person's wish to speak to a human being, and what became of it; one that is open at most per conversation."""

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("uq_handoffs_open", "conversation_id", unique=True, postgresql_where="status <> 'ended'"),
        Index("ix_handoffs_waiting", "requested_at", postgresql_where="status = 'waiting'"),
        Index("ix_handoffs_agent", "agent", postgresql_where="status = 'active'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str]
    """`request`, `failure` (not understood again and again), `distress`, or `agent` (who was not asked for)."""
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    """`waiting`, `active` or `ended`."""
    source_message_id: Mapped[str | None] = mapped_column(unique=True)
    """The inbound message that asked: a repeated turn asks once."""
    requested_at: Mapped[datetime] = mapped_column(default=now)
    agent: Mapped[str | None] = mapped_column(ForeignKey("accounts.username"))
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    """`citizen` (who no longer wants it), `agent` (who handed back, or dealt with it) or `silence` (the agent did not
    answer)."""
    outcome: Mapped[str | None]
    """What the agent says became of it, see `outcomes`; None where it went back to the assistant."""


class ConversationNote(Base):
    """What an agent writes about a conversation for colleagues; the person never sees it."""

    __tablename__ = "conversation_notes"
    __table_args__ = (Index("ix_conversation_notes_conversation_id_id", "conversation_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    author: Mapped[str] = mapped_column(ForeignKey("accounts.username"))
    text: Mapped[str]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

"""Tables: cases and their timelines."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    column,
    text,
)
from sqlalchemy.dialects.postgresql import BIT, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

import contact_center.accounts.models
import contact_center.agencies.models
import contact_center.citizens.models  # noqa: F401  (all: the tables that foreign keys here name)
from contact_center.agencies.term import Term
from contact_center.agencies.term_column import TermColumn
from contact_center.cases.deadline_marks import LEVELS, Timing
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.wording import SIGNATURE_BITS
from contact_center.clock import now
from contact_center.database import Base

IS_OPEN = f"status IN ({', '.join(repr(status.value) for status in sorted(OPEN))})"
OPEN_COMPLAINT = f"type = 'complaint' AND {IS_OPEN}"
"""What other people's complaints may be joined to; indexes hold only these, and are used by whoever says the same."""
DEGREES_EAST = 0.8984
"""At 26° N a degree to the east is so long in degrees to the north."""
PIN = f"point(lon * {DEGREES_EAST}, lat)"
ROUTED = "routed"
"""The kind of the event of a case that waits no longer to be routed on."""
ESCALATION = "CASE {} ELSE 0 END".format(
    " ".join(f"WHEN marks ? '{level}' THEN {rank}" for rank, level in reversed([*enumerate(LEVELS, 1)]))
)
"""SQL: the highest of `LEVELS` that a case went to because it is not answered, counted from 1; 0 for none."""
ESCALATED = f"{IS_OPEN} AND escalation > 0"
"""SQL: open, and gone to somebody; in these words for the planner to find the index."""

SEARCH_VECTOR = "array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))"
"""SQL: the words that are kept, as they are: PostgreSQL's own reading of words depends on how the server was set up."""


class Case(Base):
    """One complaint, suggestion, inquiry or compliment, from its filing to its end."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_agency_status_due_at", "agency", "status", "due_at"),
        Index("ix_cases_created_at", "created_at"),
        # For the console's figures and lists of open cases.
        Index(
            "ix_cases_open",
            *("agency", "created_at", "id", "due_at", "clock_stopped_at"),
            postgresql_where=text(IS_OPEN),
        ),
        Index("ix_cases_search_vector", "search_vector", postgresql_using="gin"),
        # For cases.duplicates: what is open around a place.
        Index("ix_cases_open_block", "category", "block", "created_at", postgresql_where=text(OPEN_COMPLAINT)),
        Index(
            "ix_cases_open_area",
            "category",
            "area",
            "created_at",
            postgresql_where=text(f"{OPEN_COMPLAINT} AND block IS NULL"),
        ),
        Index(
            "ix_cases_open_pin",
            text(PIN),
            postgresql_using="gist",
            postgresql_where=text(f"{OPEN_COMPLAINT} AND lat IS NOT NULL"),
        ),
        # For cases.deadline_marks: whose time has come.
        Index("ix_cases_next_mark_at", "next_mark_at", postgresql_where="next_mark_at IS NOT NULL"),
        # For cases.routing_figures.
        Index("ix_cases_routing_since", "routing_since", postgresql_where="routing_since IS NOT NULL"),
        # For cases.escalations.
        Index(
            "ix_cases_escalated",
            *("agency", text("escalation DESC"), "due_at", "id"),
            postgresql_where=text(ESCALATED),
        ),
        # For cases.lists: what is due first, of all agencies.
        Index(
            "ix_cases_open_by_deadline",
            text("(clock_stopped_at IS NOT NULL)"),
            "due_at",
            "id",
            postgresql_where=column("status").in_(sorted(OPEN)),
        ),
        Index("ix_cases_duplicate_of", "duplicate_of", postgresql_where="duplicate_of IS NOT NULL"),
        CheckConstraint("duplicate_of <> id", name="no_duplicate_of_itself"),
        Index("ix_cases_assignee", "assignee", postgresql_where="assignee IS NOT NULL"),
        Index("ix_cases_compliments", "agency", "created_at", postgresql_where="type = 'compliment'"),
        CheckConstraint(
            "(due_at IS NULL) = (type = 'compliment') AND (term IS NULL) = (type = 'compliment') "
            "AND (type <> 'compliment' OR next_mark_at IS NULL)",
            name="deadline_unless_compliment",
        ),
        CheckConstraint(
            "outcome IS NULL OR type = 'suggestion' AND outcome IN ('accepted', 'under_study', 'not_possible', 'done')",
            name="outcome_of_suggestion",
        ),
        CheckConstraint("type = 'compliment' OR praised IS NULL AND passed_on_at IS NULL", name="praise_in_compliment"),
        Index("ix_cases_told_identity_id", "told_identity_id", postgresql_where="told_identity_id IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reference: Mapped[str] = mapped_column(unique=True)
    """`YY-NNNN-NNNN`, see `contact_center.cases.reference`."""
    type: Mapped[str]
    category: Mapped[str] = mapped_column(ForeignKey("categories.code"))
    agency: Mapped[str] = mapped_column(ForeignKey("agencies.code"))
    description: Mapped[str]
    governorate: Mapped[str | None] = mapped_column(ForeignKey("governorates.code"))
    area: Mapped[str | None]
    block: Mapped[str | None]
    road: Mapped[str | None]
    building: Mapped[str | None]
    address: Mapped[str | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None] = mapped_column(index=True)
    anonymous: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether the person wants their name and number kept from the agency: neither is then stored with the case."""
    channel: Mapped[str]
    language: Mapped[str] = mapped_column(default="ar")
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    identity_id: Mapped[UUID | None] = mapped_column(ForeignKey("channel_identities.id"), index=True)
    told_identity_id: Mapped[UUID | None] = mapped_column(ForeignKey("channel_identities.id"))
    """Where a phone caller is told of the case, by SMS: who has that phone may see of it what a filer may."""
    status: Mapped[str] = mapped_column(default="received")
    assignee: Mapped[str | None] = mapped_column(ForeignKey("accounts.username"))
    """Who of its agency works on it, see `contact_center.cases.assigning`."""
    duplicate_of: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    """The case that it was merged into, see `contact_center.cases.merging`."""
    meant_for: Mapped[str | None] = mapped_column(ForeignKey("agencies.code"))
    """The agency that would have it, had it joined; the fallback agency has it instead."""
    routing_since: Mapped[datetime | None]
    """Since when it waits to be routed on, see `contact_center.cases.routing_queue`."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    term: Mapped[Term | None] = mapped_column(TermColumn)
    """The time for an answer that `due_at` was reckoned with. Both are None for compliments, and for no other."""
    due_at: Mapped[datetime | None]
    """By when it must be answered; while the clock is stopped, as it was then."""
    deadline_number: Mapped[int] = mapped_column(default=1, server_default="1")
    """The first deadline is 1; a case that is reopened or promised another date has a next one."""
    late_since: Mapped[datetime | None]
    """From when it counts as late, where that is not `due_at`: a clock that is stopped when the time is over stops
    what comes after it."""
    clock_stopped_at: Mapped[datetime | None]
    """Since when the citizen owes an answer, see `contact_center.cases.deadline_clock`."""
    transferred_at: Mapped[datetime | None]
    """When it was first sent on to another agency, whose own time began then, see `contact_center.cases.transfer`."""
    promised_at: Mapped[datetime | None]
    """When the agency promised another date, which it does once, see `contact_center.cases.interim`."""
    marks: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    """What of this deadline has passed and been noted, see `contact_center.cases.deadline_marks`."""
    escalation: Mapped[int] = mapped_column(SmallInteger, Computed(ESCALATION, persisted=True), deferred=True)
    """See `ESCALATION`; for the database's indexes."""
    next_mark_at: Mapped[datetime | None]
    """When the next of them passes; None while the clock does not run, and after the last."""
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    times_reopened: Mapped[int] = mapped_column(default=0, server_default="0")
    """By whomever, see `contact_center.cases.reopening`."""
    follows: Mapped[str | None] = mapped_column(ForeignKey("cases.reference"))
    """The reference of an earlier case that could not be reopened any more."""
    rating: Mapped[int | None]
    outcome: Mapped[str | None]
    """What becomes of a suggestion, see `contact_center.cases.outcomes`."""
    praised: Mapped[str | None]
    """The member of staff whom a compliment names."""
    passed_on_at: Mapped[datetime | None]
    """When that person, or whoever it is about, was told of the compliment."""
    source_message_id: Mapped[str | None] = mapped_column(unique=True)
    """Idempotency key: the inbound message that confirmed the form."""
    search_text: Mapped[str] = mapped_column(deferred=True)
    """The words by which the case is found, see `contact_center.cases.search`."""
    search_vector: Mapped[Any] = mapped_column(TSVECTOR, Computed(SEARCH_VECTOR, persisted=True), deferred=True)
    """The same for the index."""
    wording: Mapped[str | None] = mapped_column(BIT(SIGNATURE_BITS), deferred=True)
    """What `contact_center.cases.nearby` compares descriptions by; None for old cases, which are not compared."""
    erased_at: Mapped[datetime | None]
    """When whatever told of the person was taken from it, on their request."""

    @property
    def timing(self) -> Timing:
        """Of a case that has a deadline. Raises `ValueError` for one that has none."""
        if self.term is None or self.due_at is None:
            raise ValueError("This case has no deadline.")
        return Timing(self.term, self.due_at, self.late_since or self.due_at)


class CaseEvent(Base):
    """One thing that happened to a case; never changed nor deleted, save that a person's words go when they are erased
    (`contact_center.privacy.erasing`). `public` events are shown to who filed it."""

    __tablename__ = "case_events"
    __table_args__ = (
        UniqueConstraint("case_id", "idempotency_key"),
        Index("ix_case_events_case_id_id", "case_id", "id"),
        # For cases.routing_figures.
        Index("ix_case_events_routed", "at", postgresql_where=f"kind = '{ROUTED}'"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str]
    """`filed`, `status`, `reply`, `note`, `information`, …"""
    actor: Mapped[str]
    """`citizen`, `assistant`, `system` or `account:<username>`, `key:<name>`."""
    public: Mapped[bool]
    text: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    idempotency_key: Mapped[str | None]


class CaseTransition(Base):
    """A way that a case may take from one status to another: what `lifecycle.LIFE` says, for the database to check."""

    __tablename__ = "case_transitions"

    before: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[str] = mapped_column(primary_key=True)


class CaseFollower(Base):
    """Somebody who joined a case that another person filed, and hears of its progress on their own channel."""

    __tablename__ = "case_followers"
    __table_args__ = (UniqueConstraint("case_id", "identity_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("channel_identities.id"), index=True)
    conversation_id: Mapped[UUID] = mapped_column(index=True)
    phone: Mapped[str | None]
    """The number that they gave, E.164."""
    brought_by: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    """The duplicate through which they came; None: they joined themselves."""
    joined_at: Mapped[datetime] = mapped_column(default=now)


class EscalationSeen(Base):
    """Somebody has opened a case at a level that it was escalated to: to them it is no longer new."""

    __tablename__ = "escalations_seen"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    deadline_number: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


class ReferenceGuesses(Base):
    """How often somebody lately asked for cases that are not theirs, see `contact_center.cases.guessing`."""

    __tablename__ = "reference_guesses"

    identity_id: Mapped[UUID] = mapped_column(ForeignKey("channel_identities.id"), primary_key=True)
    window_started_at: Mapped[datetime] = mapped_column(default=now)
    asked_for: Mapped[list[str]] = mapped_column(default=list)
    """The different numbers asked for within the window."""
    pauses: Mapped[int] = mapped_column(default=0)
    """How many pauses there were of late: the next is longer."""
    paused_until: Mapped[datetime | None]

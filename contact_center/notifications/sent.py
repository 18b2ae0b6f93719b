"""Reads: how far what citizens were told of cases has come, for staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import Conversation, OutboxMessage

PAGE = 100


@dataclass(frozen=True)
class Sent:
    """One message about an event of a case. `error`: the provider's code of what failed."""

    id: int
    event_id: int
    event: str
    """What `templates.yml` calls it."""
    audience: str
    channel: str
    status: str
    error: str | None
    at: datetime
    """When it was sent, or else stored."""
    held_until: datetime | None
    address: str
    """Where it goes to: a chat, or a phone in E.164."""
    conversation_id: UUID


@dataclass(frozen=True)
class Unsent:
    """A message that did not go out, and the case that it is about."""

    message: Sent
    reference: str
    agency: str


async def of_events(session: AsyncSession, events: Sequence[CaseEvent]) -> Mapping[int, Sequence[Sent]]:
    """By event: what was told of it, oldest first; in place of what failed what was sent instead. One query."""
    found: dict[int, list[Sent]] = {}
    wanted = OutboxMessage.case_event_id.in_([event.id for event in events])
    for row in await session.execute(_newest(wanted).order_by(OutboxMessage.id)):
        found.setdefault(row.OutboxMessage.case_event_id, []).append(_sent(row))
    return found


async def unsent(session: AsyncSession, agency: str | None) -> Sequence[Unsent]:
    """What failed for good, the newest hundred first: of one agency's cases, or of all (None)."""
    failed = _newest(OutboxMessage.status == "failed").order_by(OutboxMessage.id.desc()).limit(PAGE)
    if agency is not None:
        failed = failed.where(Case.agency == agency)
    return [Unsent(_sent(row), row.reference, row.agency) for row in await session.execute(failed)]


async def agency_of(session: AsyncSession, message_id: int) -> str | None:
    """The agency whose case a message is about; None where it is about none."""
    case = select(Case.agency).join(CaseEvent, CaseEvent.case_id == Case.id)
    return await session.scalar(
        case.join(OutboxMessage, OutboxMessage.case_event_id == CaseEvent.id).where(OutboxMessage.id == message_id)
    )


def _newest(wanted: ColumnElement[bool]) -> Select[OutboxMessage, str, str, str]:
    """Messages about cases, without those in whose place another was sent."""
    other = aliased(OutboxMessage)
    return (
        select(OutboxMessage, Case.reference, Case.agency, Conversation.address)
        .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
        .join(CaseEvent, CaseEvent.id == OutboxMessage.case_event_id)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(wanted, OutboxMessage.notification.is_not(None), ~exists().where(other.instead_of == OutboxMessage.id))
    )


def _sent(row: Row[OutboxMessage, str, str, str]) -> Sent:
    message: OutboxMessage = row.OutboxMessage
    told = message.notification or {}
    code = (message.error or "").partition(":")[0] if message.status == "failed" else None
    return Sent(
        id=message.id,
        event_id=message.case_event_id or 0,
        event=told["event"],
        audience=told["audience"],
        channel=message.channel,
        status=message.status,
        error=code,
        at=message.sent_at or message.created_at,
        held_until=message.send_after,
        address=row.address,
        conversation_id=message.conversation_id,
    )

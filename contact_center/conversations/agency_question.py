"""What an agency has asked of a person and their case waits for: what they say next may answer it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.channels.base import InboundMessage
from contact_center.clock import now
from contact_center.conversations.models import Conversation, OutboxMessage

_QUESTION, _FILER = "question", "filer"
"""As `notifications` keeps what was told to whom."""


@dataclass(frozen=True)
class AgencyQuestion:
    """The question that is open, by its case."""

    reference: str
    category: str
    newest: bool
    """Whether nothing was said to the person since, or they quoted it."""

    def told(self) -> dict[str, Any]:
        """As the assistant is told of it."""
        return asdict(self)


async def open_for(
    session: AsyncSession, conversation: Conversation, inbox_id: UUID, message: InboundMessage
) -> AgencyQuestion | None:
    """The open question that a message may answer: the one that it quotes, else the newest; None where none is open.

    One that this very message (`inbox_id`) has answered counts as open, so that a repeated turn is the same turn.
    """
    questions = await _open_questions(session, conversation, inbox_id)
    if not questions:
        return None
    quoted = next((row for row in questions if message.replies_to and row.provider_id == message.replies_to), None)
    newest = quoted is not None or questions[0].id == await _newest_said(session, conversation)
    question = quoted or questions[0]
    return AgencyQuestion(question.reference, question.category, newest)


async def _open_questions(
    session: AsyncSession, conversation: Conversation, inbox_id: UUID
) -> Sequence[Row[int, str | None, str, str]]:
    answered = (CaseEvent.case_id == Case.id, CaseEvent.idempotency_key == f"{inbox_id}:information")
    by_this_message = exists().where(*answered).correlate(Case)
    asked = (
        select(OutboxMessage.id, OutboxMessage.provider_id, Case.reference, Case.category)
        .join(CaseEvent, CaseEvent.id == OutboxMessage.case_event_id)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(
            OutboxMessage.conversation_id == conversation.id,
            OutboxMessage.notification["event"].astext == _QUESTION,
            OutboxMessage.notification["audience"].astext == _FILER,
            _is_out(),
            or_(Case.status == Status.WAITING, by_this_message),
        )
        .order_by(OutboxMessage.id.desc())
    )
    return (await session.execute(asked)).all()


async def _newest_said(session: AsyncSession, conversation: Conversation) -> int | None:
    mine = (OutboxMessage.conversation_id == conversation.id, OutboxMessage.role != "system", _is_out())
    return await session.scalar(select(func.max(OutboxMessage.id)).where(*mine))


def _is_out() -> ColumnElement[bool]:
    """What waits for the morning has not been said yet."""
    return or_(OutboxMessage.send_after.is_(None), OutboxMessage.send_after <= now())

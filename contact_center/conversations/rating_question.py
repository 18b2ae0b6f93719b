"""The question what a reply was worth: asked after each reply, and known while it is the newest thing said."""

import json

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.aftercare import BEST, RATE_WITHIN, WORST
from contact_center.cases.models import Case, CaseEvent
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.notifications.sentences import sentence

_KEY = outbox.RATING_KEY


async def ask(session: AsyncSession, conversation: Conversation, case: Case, reply: CaseEvent) -> None:
    """Ask once what a reply was worth, with a button for each number: a number typed on any channel is a choice."""
    language, digits = conversation.language, case.reference.replace("-", "")
    buttons = [
        {
            "title": sentence(f"rating_{stars}", language),
            "payload": f"/rate_reply{json.dumps({'reference': digits, 'rating': str(stars)})}",
        }
        for stars in range(WORST, BEST + 1)
    ]
    await outbox.say(
        session, conversation, sentence("rate_reply", language), buttons=buttons, dedupe_key=f"{_KEY}{reply.id}"
    )


async def open_for(session: AsyncSession, conversation: Conversation) -> str | None:
    """The reference of the case whose reply the person was asked to rate, if nothing was said to them since.

    None once the time for rating has passed.
    """
    newest = (
        select(OutboxMessage.dedupe_key, OutboxMessage.created_at)
        .where(OutboxMessage.conversation_id == conversation.id, OutboxMessage.role != "system")
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    row = (await session.execute(newest)).first()
    if row is None or not (row.dedupe_key or "").startswith(_KEY) or row.created_at < now() - RATE_WITHIN:
        return None
    reply = CaseEvent.id == int(row.dedupe_key.removeprefix(_KEY))
    return await session.scalar(select(Case.reference).join(CaseEvent, CaseEvent.case_id == Case.id).where(reply))

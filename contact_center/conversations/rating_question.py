"""The question what a reply was worth: asked after each reply, and known while it is the newest thing said.

While an agent has the conversation it waits; once that is handed back, the newest reply is asked about.
"""

import json

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from contact_center.cases.aftercare import BEST, RATE_WITHIN, WORST
from contact_center.cases.kinds import COMPLIMENT
from contact_center.cases.models import Case, CaseEvent
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, Handoff, OutboxMessage
from contact_center.notifications.notification import FILER, Notification
from contact_center.notifications.sentences import sentence
from contact_center.notifications.telling import tell
from contact_center.notifications.templates import wordings

_KEY = outbox.RATING_KEY
_RATE = "rate"
"""What `templates.yml` calls the question."""


async def ask(session: AsyncSession, conversation: Conversation, case: Case, reply: CaseEvent) -> None:
    """Ask once what a reply was worth, with a button for each number: a number typed on any channel is a choice.

    Nobody is asked what the answer to their thanks was worth. Asks nothing while an agent has the conversation; the
    caller holds its row, so that nobody takes it meanwhile.
    """
    if conversation.mode == "agent" or case.type == COMPLIMENT:
        return
    language, digits = conversation.language, case.reference.replace("-", "")
    buttons = [
        {
            "title": sentence(f"rating_{stars}", language),
            "payload": f"/rate_reply{json.dumps({'reference': digits, 'rating': str(stars)})}",
        }
        for stars in range(WORST, BEST + 1)
    ]
    asked = Notification(_RATE, FILER, {"reference": case.reference}, language)
    words = await wordings(session)
    await tell(session, conversation, asked, words, event_id=reply.id, key=f"{_KEY}{reply.id}", buttons=buttons)


async def ask_what_waited(session: AsyncSession, conversation: Conversation) -> None:
    """Ask about the newest reply that came while an agent had the conversation, if that may still be rated."""
    told, asked = aliased(OutboxMessage), aliased(OutboxMessage)
    event_id = func.substr(told.dedupe_key, len(outbox.REPLY_KEY) + 1)
    newest = (
        select(told.dedupe_key)
        .join(Handoff, Handoff.conversation_id == told.conversation_id)
        .where(
            told.conversation_id == conversation.id,
            told.dedupe_key.startswith(outbox.REPLY_KEY),
            # Since it was wished for: it may have changed hands, and before it was taken each was asked about at once.
            told.created_at.between(Handoff.requested_at, Handoff.ended_at),
            told.created_at > now() - RATE_WITHIN,
            ~exists().where(asked.dedupe_key == func.concat(_KEY, event_id)),
        )
        .order_by(told.id.desc())
        .limit(1)
    )
    waited = await session.scalar(newest)
    if waited is None:
        return
    event = await session.get_one(CaseEvent, int(waited.removeprefix(outbox.REPLY_KEY)))
    await ask(session, conversation, await session.get_one(Case, event.case_id), event)


async def open_for(session: AsyncSession, conversation: Conversation) -> str | None:
    """The reference of the case whose reply the person was asked to rate, if nothing was said to them since.

    None once the time for rating has passed.
    """
    newest = (
        select(OutboxMessage.case_event_id, OutboxMessage.notification, OutboxMessage.created_at)
        .where(OutboxMessage.conversation_id == conversation.id, OutboxMessage.role != "system")
        .where(OutboxMessage.send_after.is_(None))
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    row = (await session.execute(newest)).first()
    if row is None or (row.notification or {}).get("event") != _RATE or row.created_at < now() - RATE_WITHIN:
        return None
    reply = CaseEvent.id == row.case_event_id
    return await session.scalar(select(Case.reference).join(CaseEvent, CaseEvent.case_id == Case.id).where(reply))

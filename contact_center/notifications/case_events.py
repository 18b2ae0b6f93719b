"""Telling a citizen, on their own channel, what the agency says of their case."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.entries import Catalogue
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations import outbox, rating_question
from contact_center.conversations.models import Conversation
from contact_center.notifications import followers
from contact_center.notifications.case_words import is_told, told


async def tell_event(session: AsyncSession, catalogue: Catalogue, case: Case, event: CaseEvent) -> bool:
    """Put what an event says in the outbox of the conversation that the case came from; after a reply also the
    question what it was worth.

    False if there is none to tell. What was told before is not told again. Those who joined the case are told as well,
    by a job of its own: they may be many.
    """
    if not is_told(event):
        return False
    await followers.tell_later(session, event)
    if case.conversation_id is None:
        return False
    # Held: an agent takes it before or after both, the reply and the question that an agent makes wait.
    conversation = await session.get_one(
        Conversation, case.conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )
    text = told(case, event, catalogue.agencies[case.agency], conversation.language)
    replied = event.kind == "reply"
    key = f"{outbox.REPLY_KEY if replied else 'told:'}{event.id}"
    files = event.data.get("attachments", [])
    await outbox.say(session, conversation, text, role="agency", attachments=files, dedupe_key=key)
    if replied:
        await rating_question.ask(session, conversation, case, event)
    return True

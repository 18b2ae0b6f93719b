"""Telling a citizen, on their own channel, what the agency answered."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.catalogue import Catalogue
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations import outbox, rating_question
from contact_center.conversations.models import Conversation
from contact_center.notifications import followers
from contact_center.notifications.sentences import sentence


async def tell_reply(session: AsyncSession, catalogue: Catalogue, case: Case, event: CaseEvent) -> bool:
    """Put the reply, and the question what it was worth, in the outbox of the conversation that the case came from.

    False if there is none to tell. What was told before is not told again. Those who joined the case are told as well,
    by a job of its own: they may be many.
    """
    if event.text is not None:
        await followers.tell_later(session, event)
    if case.conversation_id is None or event.text is None:
        return False
    # Held: an agent takes it before or after both, the reply and the question that an agent makes wait.
    conversation = await session.get_one(
        Conversation, case.conversation_id, with_for_update={"key_share": True}, populate_existing=True
    )
    text = sentence("agency_replied", conversation.language).format(
        agency=catalogue.agencies[case.agency].name(conversation.language), reference=case.reference, reply=event.text
    )
    await outbox.say(session, conversation, text, role="agency", dedupe_key=f"{outbox.REPLY_KEY}{event.id}")
    await rating_question.ask(session, conversation, case, event)
    return True

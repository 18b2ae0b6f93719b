"""Telling citizens, on their own channels, what happens to their case."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.entries import Catalogue
from contact_center.cases import timeline
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.service import FILED
from contact_center.channels.base import ChannelCode
from contact_center.conversations import outbox, rating_question
from contact_center.notifications import followers
from contact_center.notifications.case_words import notification, told_as
from contact_center.notifications.notification import FILER
from contact_center.notifications.recipients import filer_of
from contact_center.notifications.telling import tell
from contact_center.notifications.templates import told, wordings


async def tell_event(session: AsyncSession, catalogue: Catalogue, case: Case, event: CaseEvent) -> bool:
    """Put what an event says in the outbox of who filed the case; after a reply also the question what it was worth.

    False if there is nobody or nothing to tell. What was told before is not told again. Those who joined the case are
    told as well, by a job of its own: they may be many.
    """
    name = told_as(case, event)
    if name is None:
        return False
    await followers.tell_later(session, event)
    # Held: an agent takes it before or after both, the reply and the question that an agent makes wait.
    conversation = await filer_of(session, case) if (name, FILER) in told() else None
    if conversation is None:
        return False
    words, agency = await wordings(session), catalogue.agencies[case.agency]
    said = notification(case, event, agency, conversation.language, FILER)
    replied = event.kind == "reply"
    key = f"{outbox.REPLY_KEY if replied else 'told:'}{event.id}"
    files = event.data.get("attachments", [])
    await tell(session, conversation, said, words, event_id=event.id, key=key, role="agency", attachments=files)
    if replied:
        await rating_question.ask(session, conversation, case, event)
    return True


async def tell_filed(session: AsyncSession, case: Case) -> None:
    """Send who filed a case by phone its number by SMS; whoever writes is told in the conversation."""
    event = await timeline.recorded(session, case, FILED) if case.channel == ChannelCode.CALL_CENTER else None
    if event is not None:
        await tell_event(session, await queries.catalogue(session), case, event)

"""Telling citizens, on their own channels, what happens to their case."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.entries import Catalogue
from contact_center.cases import timeline
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.service import FILED
from contact_center.channels.base import ChannelCode
from contact_center.conversations import outbox, rating_question
from contact_center.conversations.models import OutboxMessage
from contact_center.conversations.replaying import replay
from contact_center.errors import Conflict
from contact_center.notifications import followers
from contact_center.notifications.case_words import notification, told_as
from contact_center.notifications.notification import FILER
from contact_center.notifications.recipients import by_sms_at, filer_of
from contact_center.notifications.sent import Sent, of_events
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
    await tell(
        session,
        conversation,
        said,
        words,
        event_id=event.id,
        key=key,
        waited_for=event.kind == FILED,  # by who is on the telephone
        role="agency",
        attachments=files,
    )
    if replied:
        await rating_question.ask(session, conversation, case, event)
    return True


async def tell_filed(session: AsyncSession, case: Case) -> None:
    """Send who filed a case by phone its number by SMS; whoever writes is told in the conversation."""
    event = await _filing_told(session, case)
    if event is not None:
        await tell_event(session, await queries.catalogue(session), case, event)


async def tell_number_to(session: AsyncSession, case: Case, phone: str) -> None:
    """Text the number of a case that was filed by phone to another phone (E.164), as the caller wishes.

    Once for each phone; what failed is sent again. Whoever has that phone may see no more of the case than anybody who
    knows its number. Raises `Conflict` for a case that was not filed by phone, or where it was sent there before.
    """
    event = await _filing_told(session, case)
    if event is None:
        raise Conflict("Only the number of a case that was filed by phone is texted.")
    conversation = await by_sms_at(session, phone, case.language)
    key = f"told:{event.id}:{conversation.id}"
    before = await session.scalar(select(OutboxMessage).where(OutboxMessage.dedupe_key == key))
    if before is not None:
        await replay(session, str(before.id))
        return
    agency = (await queries.catalogue(session)).agencies[case.agency]
    said = notification(case, event, agency, case.language, FILER)
    words = await wordings(session)
    await tell(session, conversation, said, words, event_id=event.id, key=key, waited_for=True, role="agency")


async def filing_told(session: AsyncSession, case: Case) -> Sequence[Sent]:
    """How far the number of a case has come that was filed by phone, oldest first; of any other case nothing."""
    event = await _filing_told(session, case)
    return (await of_events(session, [event])).get(event.id, ()) if event else ()


async def _filing_told(session: AsyncSession, case: Case) -> CaseEvent | None:
    """The event of its filing, where that is told."""
    return await timeline.recorded(session, case, FILED) if case.channel == ChannelCode.CALL_CENTER else None

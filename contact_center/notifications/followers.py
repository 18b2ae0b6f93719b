"""Telling those who joined a case what the agency said: on their own channels, in their own languages."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.agencies.queries import catalogue
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.notifications.case_words import told


async def tell_later(session: AsyncSession, event: CaseEvent) -> None:
    """Have the followers of an event's case told of it once the transaction is committed."""
    followed = select(CaseFollower.id).where(CaseFollower.case_id == event.case_id).limit(1)
    if await session.scalar(followed) is not None:
        await jobs.defer(session, jobs.TELL_FOLLOWERS, lock=f"followers:{event.case_id}", event_id=event.id)


async def tell(database: Database, event_id: int) -> None:
    """Put what an event says in the outbox of each follower, once however often this is begun anew."""
    async with database.transaction() as session:
        event = await session.get_one(CaseEvent, event_id)
        case = await session.get_one(Case, event.case_id)
        agency = (await catalogue(session)).agencies[case.agency]
        conversations = list(await session.scalars(_conversations(event)))
    files = event.data.get("attachments", []) if event.kind == "reply" else []
    for conversation in conversations:  # each on its own, so that nobody waits for the others
        text = told(case, event, agency, conversation.language, to_followers=True)
        async with database.transaction() as session:
            key = f"followed:{event.id}:{conversation.id}"
            await outbox.say(session, conversation, text, role="agency", attachments=files, dedupe_key=key)


def _conversations(event: CaseEvent) -> Select[Conversation]:
    """Of those who had joined by then; the conversation that the case came from is told by itself."""
    return (
        select(Conversation)
        .join(CaseFollower, CaseFollower.conversation_id == Conversation.id)
        .where(CaseFollower.case_id == event.case_id, CaseFollower.joined_at <= event.at)
        .order_by(CaseFollower.id)
    )

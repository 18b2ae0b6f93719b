"""Telling those who joined a case what happens to it: on their own channels, in their own languages."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center import jobs
from contact_center.agencies.queries import catalogue
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.notifications.case_words import notification, told_as
from contact_center.notifications.notification import FOLLOWER
from contact_center.notifications.recipients import follower_at
from contact_center.notifications.telling import tell as tell_one
from contact_center.notifications.templates import told, wordings


async def tell_later(session: AsyncSession, event: CaseEvent) -> None:
    """Have the followers of an event's case told of it once the transaction is committed."""
    followed = select(CaseFollower.id).where(CaseFollower.case_id == event.case_id).limit(1)
    if await session.scalar(followed) is not None:
        await jobs.defer(session, jobs.TELL_FOLLOWERS, lock=f"followers:{event.case_id}", event_id=event.id)


async def tell(database: Database, event_id: int) -> None:
    """Put what an event says in the outbox of each follower, once however often this is begun anew.

    Once also for somebody who called twice about the same: two calls, and one phone that is told of both.
    """
    async with database.transaction() as session:
        event = await session.get_one(CaseEvent, event_id)
        case = await session.get_one(Case, event.case_id)
        agency = (await catalogue(session)).agencies[case.agency]
        words = await wordings(session)
        theirs = (await session.execute(_conversations(event))).all()
    if (told_as(case, event), FOLLOWER) not in told():
        return
    files = event.data.get("attachments", []) if event.kind == "reply" else []
    filer = {case.identity_id, case.told_identity_id}
    for joined_in, phone in theirs:  # each on its own, so that nobody waits for the others
        async with database.transaction() as session:
            conversation = await follower_at(session, joined_in, phone)
            if conversation is not None and conversation.identity_id not in filer:
                said = notification(case, event, agency, conversation.language, FOLLOWER)
                key = f"followed:{event.id}:{conversation.id}"
                about: dict[str, Any] = {"key": key, "role": "agency", "attachments": files}
                await tell_one(session, conversation, said, words, event_id=event.id, **about)


def _conversations(event: CaseEvent) -> Select[Conversation, str | None]:
    """Of those who had joined by then, with the phones that they gave; who filed the case is told otherwise."""
    return (
        select(Conversation, CaseFollower.phone)
        .join(CaseFollower, CaseFollower.conversation_id == Conversation.id)
        .where(CaseFollower.case_id == event.case_id, CaseFollower.joined_at <= event.at)
        .order_by(CaseFollower.id)
    )

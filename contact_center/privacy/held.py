"""Reads: what a person's page shows of their conversations, calls and notes, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import Conversation, ConversationNote, InboxMessage
from contact_center.conversations.queries import FROM_THE_PERSON
from contact_center.privacy.person import Person
from contact_center.telephone.models import PhoneCall

MOST = 50


@dataclass(frozen=True)
class Talked:
    """A conversation. `at`: when something was last said by the person, else when it began (aware); `words`: the last
    that they wrote, None where that had none; `mode`: `assistant` or `agent`, who answers."""

    id: UUID
    channel: str
    at: datetime
    words: str | None
    mode: str


@dataclass(frozen=True)
class Note:
    """What staff wrote of a case (by its `reference`) or of a `conversation`. `author`: a username, or a key's name."""

    reference: str | None
    conversation: UUID | None
    at: datetime
    author: str
    text: str


async def cases(session: AsyncSession, known: Person) -> Sequence[Case]:
    """What they filed."""
    newest = known.cases().order_by(Case.created_at.desc(), Case.id.desc())
    return list(await session.scalars(newest.limit(MOST)))


async def joined(session: AsyncSession, known: Person) -> Sequence[Case]:
    """What somebody else filed and they joined."""
    ids = [row.case_id for row in await session.scalars(known.joined())]
    newest = select(Case).where(Case.id.in_(ids)).order_by(Case.created_at.desc())
    return list(await session.scalars(newest.limit(MOST)))


async def conversations(session: AsyncSession, known: Person) -> Sequence[Talked]:
    """Where they wrote; what was said in calls as well."""
    words = (
        select(InboxMessage.content["text"].astext)
        .where(InboxMessage.conversation_id == Conversation.id, FROM_THE_PERSON)
        .order_by(InboxMessage.received_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    at = func.coalesce(Conversation.last_inbound_at, Conversation.created_at)
    columns = (Conversation.id, Conversation.channel, at, words, Conversation.mode)
    newest = known.conversations().with_only_columns(*columns).order_by(at.desc())
    return [Talked(*row) for row in await session.execute(newest.limit(MOST))]


async def calls(session: AsyncSession, known: Person) -> Sequence[PhoneCall]:
    """When they called, and what agents wrote of it."""
    newest = known.calls().order_by(PhoneCall.began_at.desc(), PhoneCall.id.desc())
    return list(await session.scalars(newest.limit(MOST)))


async def notes(session: AsyncSession, known: Person) -> Sequence[Note]:
    """What staff wrote for each other of the person's cases and conversations."""
    of_cases, of_talks = await session.execute(_of_cases(known)), await session.execute(_of_conversations(known))
    found = [Note(case, None, at, actor.partition(":")[2], text or "") for case, at, actor, text in of_cases]
    found += [Note(None, talk, at, author, text) for talk, at, author, text in of_talks]
    return sorted(found, key=lambda note: note.at, reverse=True)[:MOST]


def _of_cases(known: Person) -> Select[str, datetime, str, str | None]:
    theirs = known.cases().with_only_columns(Case.id, Case.reference).subquery()
    return (
        select(theirs.c.reference, CaseEvent.at, CaseEvent.actor, CaseEvent.text)
        .join(theirs, theirs.c.id == CaseEvent.case_id)
        .where(CaseEvent.kind == "note", CaseEvent.text.is_not(None))
        .order_by(CaseEvent.id.desc())
        .limit(MOST)
    )


def _of_conversations(known: Person) -> Select[UUID, datetime, str, str]:
    about = ConversationNote
    theirs = known.conversations().with_only_columns(Conversation.id)
    written = select(about.conversation_id, about.created_at, about.author, about.text)
    return written.where(about.conversation_id.in_(theirs)).order_by(about.id.desc()).limit(MOST)


async def conversation(session: AsyncSession, known: Person, conversation_id: UUID) -> Conversation | None:
    """One conversation, if it is theirs."""
    return await session.scalar(known.conversations().where(Conversation.id == conversation_id))

"""What of a person stands in timelines and among files: their own cases', and those that they joined.

The database lets a timeline lose words and parts of its data, and nothing else, and only while an approved erasure is
carried out (migration 0028).
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from contact_center.attachments.models import Attachment
from contact_center.cases.merging import MERGED
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import InboxMessage
from contact_center.privacy.person import Person, sent_by_agents
from contact_center.understanding.models import ReviewItem

FIGURES = (
    "agency", "category", "before", "after", "due_at", "assignee", "level", "how", "hours", "since", "meant_for",
    "rating", "outcome", "outcome_before", "followers", "into", "duplicate",
)  # fmt: skip
"""What of an event's data stays: codes, moments, figures, usernames of staff, and numbers of cases."""
FOLLOWER = "follower"


async def timelines(session: AsyncSession, known: Person, cases: Sequence[Case]) -> None:
    """Take the words out of the person's own cases, but for what other people added to them; and out of other people's
    cases what this person added."""
    own = [case.id for case in cases]
    theirs = added_by(known, cases)
    others = and_(CaseEvent.actor == FOLLOWER, ~theirs)
    in_own = and_(CaseEvent.case_id.in_(own), ~others)
    joined = {row.case_id for row in await session.scalars(known.joined())} | await _merged_into(session, own)
    in_others = and_(CaseEvent.case_id.in_(joined - set(own)), theirs)
    redacted = {"text": None, "idempotency_key": None, "data": _figures_of(CaseEvent.data)}
    await session.execute(update(CaseEvent).where(or_(in_own, in_others)).values(**redacted))


async def files(session: AsyncSession, cases: Sequence[Case], conversations: Sequence[UUID]) -> Collection[str]:
    """Forget the files of the person's conversations, of both sides, and of their cases, but for those that others
    added there.

    Returns the storage keys that nothing refers to any more.
    """
    with_case = and_(Attachment.case_id.in_([case.id for case in cases]), Attachment.conversation_id.is_(None))
    theirs = or_(Attachment.conversation_id.in_(conversations), with_case, sent_by_agents(conversations))
    gone = list(await session.scalars(select(Attachment).where(theirs)))
    for file in gone:
        await session.delete(file)
    await session.flush()
    keys = {file.storage_key for file in gone}
    still = select(Attachment.storage_key).where(Attachment.storage_key.in_(keys))
    return keys - set(await session.scalars(still))


def added_by(known: Person, cases: Sequence[Case]) -> ColumnElement[bool]:
    """Of events: whether this person added it to a case that somebody else filed, or through a duplicate of theirs."""
    identities, duplicates = [str(one) for one in known.identity_ids], [case.reference for case in cases]
    by_them = CaseEvent.data["identity"].astext.in_(identities)
    through = CaseEvent.data["duplicate"].astext.in_(duplicates)
    said = func.coalesce(by_them, False) | func.coalesce(through, False)
    return and_(CaseEvent.kind == "information", said)


def reviews(cases: Sequence[Case], conversations: Sequence[UUID]) -> Select[ReviewItem]:
    """What of their words was kept, without personal data, for the assistant to learn from."""
    said = select(func.concat("message:", InboxMessage.id)).where(InboxMessage.conversation_id.in_(conversations))
    filed = [f"case:{case.id}" for case in cases]
    return select(ReviewItem).where(or_(ReviewItem.source_key.in_(said), ReviewItem.source_key.in_(filed)))


async def _merged_into(session: AsyncSession, own: Sequence[UUID]) -> set[UUID]:
    """The cases that theirs were ever merged into."""
    into = select(CaseEvent.data["into"].astext).where(CaseEvent.case_id.in_(own), CaseEvent.kind == MERGED)
    return set(await session.scalars(select(Case.id).where(Case.reference.in_(into))))


def _figures_of(data: InstrumentedAttribute[dict[str, Any]]) -> ColumnElement[Any]:
    """The data without what is not among `FIGURES`."""
    pairs = func.jsonb_each(data).table_valued("key", "value")
    kept = func.jsonb_object_agg(pairs.c.key, pairs.c.value)
    return select(func.coalesce(kept, literal({}, JSONB))).where(pairs.c.key.in_(FIGURES)).scalar_subquery()

"""Reads: the files of a case, of many cases, of a conversation."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.models import Attachment

_OLDEST_FIRST = (Attachment.created_at, Attachment.id)


async def by_id(session: AsyncSession, attachment_id: UUID) -> Attachment | None:
    """One attachment; whether the one who asks may see it is for the caller to know."""
    return await session.get(Attachment, attachment_id)


async def by_ids(session: AsyncSession, attachment_ids: Sequence[UUID]) -> Sequence[Attachment]:
    """These attachments, in this order; those that do not exist are left out. One query."""
    wanted = select(Attachment).where(Attachment.id.in_(attachment_ids))
    found = {attachment.id: attachment for attachment in await session.scalars(wanted)}
    return [found[attachment_id] for attachment_id in attachment_ids if attachment_id in found]


async def of_cases(session: AsyncSession, case_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Attachment]]:
    """The attachments of each case, oldest first; a case without any is missing from the answer. One query."""
    found: defaultdict[UUID, list[Attachment]] = defaultdict(list)
    if case_ids:
        theirs = select(Attachment).where(Attachment.case_id.in_(case_ids)).order_by(*_OLDEST_FIRST)
        for attachment in await session.scalars(theirs):
            if attachment.case_id is not None:
                found[attachment.case_id].append(attachment)
    return found


async def of_case(session: AsyncSession, case_id: UUID) -> Sequence[Attachment]:
    """A case's attachments, oldest first."""
    return (await of_cases(session, [case_id])).get(case_id, [])


async def of_conversation(session: AsyncSession, conversation_id: UUID) -> Sequence[Attachment]:
    """What the person has sent in a conversation, oldest first."""
    theirs = select(Attachment).where(Attachment.conversation_id == conversation_id)
    return list(await session.scalars(theirs.order_by(*_OLDEST_FIRST)))


async def unfiled(session: AsyncSession, conversation_id: UUID) -> Sequence[Attachment]:
    """What a conversation has sent that belongs to no case yet, oldest first."""
    theirs = (Attachment.conversation_id == conversation_id, Attachment.case_id.is_(None))
    return list(await session.scalars(select(Attachment).where(*theirs).order_by(*_OLDEST_FIRST)))

"""What can be done with files that citizens sent."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.models import Attachment


async def link_to_case(
    session: AsyncSession, case_id: UUID, conversation_id: UUID, attachment_ids: Collection[UUID]
) -> None:
    """Give a case the named attachments of its conversation; those of others, or of another case, stay as they are."""
    if not attachment_ids:
        return
    free = (
        Attachment.id.in_(attachment_ids),
        Attachment.conversation_id == conversation_id,
        Attachment.case_id.is_(None),
    )
    await session.execute(update(Attachment).where(*free).values(case_id=case_id))

"""The files of an outbound message, as a channel needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments import queries
from contact_center.attachments.links import FileLinks
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import Storage, open_storage
from contact_center.channels.base import OutboundFile
from contact_center.clock import now
from contact_center.conversations.models import OutboxMessage
from contact_center.notifications.sentences import sentence
from contact_center.settings import Settings

log = structlog.get_logger()


@dataclass(frozen=True)
class OutgoingFiles:
    """Where files are, and under which address a citizen may fetch one."""

    storage: Storage
    links: FileLinks

    async def of(self, session: AsyncSession, message: OutboxMessage, language: str) -> tuple[OutboundFile, ...]:
        """A message's files in their order; without those that are gone from the storage."""
        if not message.attachments:
            return ()
        wanted = [UUID(attachment_id) for attachment_id in message.attachments]
        return tuple(self._there(await queries.by_ids(session, wanted), language))

    def _there(self, attachments: Sequence[Attachment], language: str) -> list[OutboundFile]:
        found = []
        for attachment in attachments:
            try:
                found.append(self._outbound(attachment, language))
            except FileNotFoundError:
                log.error("file_gone", attachment_id=str(attachment.id))
        return found

    def _outbound(self, attachment: Attachment, language: str) -> OutboundFile:
        link = self.links.address(attachment.id, now())
        name = "photo_link" if attachment.kind == "photo" else "file_link"
        return OutboundFile(
            attachment_id=str(attachment.id),
            media_type=attachment.media_type,
            filename=attachment.filename,
            size=attachment.size,
            path=self.storage.path(attachment.storage_key),
            link=link,
            in_words=sentence(name, language).format(link=link) if link else None,
        )


def open_files(settings: Settings) -> OutgoingFiles:
    """With the configured storage, public address and key."""
    return OutgoingFiles(open_storage(settings), FileLinks(settings.effective_secret_key, settings.public_url))

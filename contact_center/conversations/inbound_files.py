"""The files of an inbound message: downloaded from its channel, checked and stored, each once."""

from collections.abc import Mapping
from dataclasses import dataclass

from contact_center.attachments import service as attachments
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import Storage
from contact_center.channels.base import Channel, ChannelCode, InboundMessage, Media, Refused
from contact_center.conversations.work import Work
from contact_center.database import Database


@dataclass(frozen=True)
class InboundFiles:
    """Fetches files; no transaction is open while a provider is called."""

    database: Database
    channels: Mapping[ChannelCode, Channel]
    storage: Storage

    async def fetch(self, work: Work) -> None:
        """Store all files of a turn; why one was refused is noted in `work`. Raises `SendError` for an outage."""
        for part in work.parts:
            for index, media in enumerate(InboundMessage.model_validate(part.content).media):
                await self._take(work, media, f"{part.id}:{index}")

    async def _take(self, work: Work, media: Media, source_key: str) -> None:
        try:
            work.attachments.append(await self._stored(work, media, source_key))
        except attachments.Rejected as error:
            work.refused_files.append(error.reason)
        except Refused as error:
            work.refused_files.append("too_large" if error.code == "too_large" else "gone")

    async def _stored(self, work: Work, media: Media, source_key: str) -> Attachment:
        """A file of the message: found where it was stored before, else downloaded now."""
        async with self.database.transaction() as session:
            known = await attachments.find(session, work.conversation.id, media.attachment_id, source_key)
        if known:
            return known
        download = await self.channels[work.message.channel].download(media)
        stored = await attachments.receive(self.storage, download.chunks)
        async with self.database.transaction() as session:
            return await attachments.record(
                session,
                conversation_id=work.conversation.id,
                source_key=source_key,
                kind=media.kind.value,
                filename=media.filename,
                stored=stored,
            )

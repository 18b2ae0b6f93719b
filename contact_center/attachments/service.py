"""What can be done with files that citizens sent: take them in, keep a record of them, give them to a case."""

import asyncio
from collections.abc import AsyncIterable, Collection
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.content_type import ContentType, detect, disguised
from contact_center.attachments.filenames import safe_filename
from contact_center.attachments.models import Attachment
from contact_center.attachments.pixels import MAX_PIXELS, pixels
from contact_center.attachments.storage import Incoming, Storage, TooLarge
from contact_center.errors import InvalidInput

Reason = Literal["too_large", "empty", "unknown_type", "disguised", "too_many_pixels"]
_SENTENCES: dict[Reason, str] = {
    "too_large": "The file is larger than 20 MB.",
    "empty": "The file is empty.",
    "unknown_type": "Only photos, sound, video and PDF files are taken.",
    "disguised": "The file pretends to be something else.",
    "too_many_pixels": "The picture is too large.",
}
_FAMILIES = {"image": "photo", "audio": "voice", "video": "video"}


class Rejected(InvalidInput):
    """A file that is not kept; `reason` is the code of what to tell the person."""

    code = "file_rejected"

    def __init__(self, reason: Reason) -> None:
        super().__init__(_SENTENCES[reason], reason=reason)
        self.reason = reason


@dataclass(frozen=True)
class StoredFile:
    """A file that is on the disk and was found harmless; `size` in bytes."""

    storage_key: str
    sha256: str
    size: int
    media_type: str
    extension: str


async def receive(storage: Storage, chunks: AsyncIterable[bytes]) -> StoredFile:
    """Write a stream to the storage and see what it is. Raises `Rejected`, and then keeps nothing.

    Touches no database: call it outside transactions, then `record` inside one.
    """
    incoming, found = await check(storage, chunks)
    try:
        key = await storage.keep(incoming)
    finally:
        await storage.drop(incoming)
    return StoredFile(key, incoming.sha256, incoming.size, found.media_type, found.extension)


async def check(storage: Storage, chunks: AsyncIterable[bytes]) -> tuple[Incoming, ContentType]:
    """Write a stream aside and see what it is: the caller keeps or drops it. Raises `Rejected`; then nothing stays."""
    try:
        incoming = await storage.write(chunks)
    except TooLarge as error:
        raise Rejected("too_large") from error
    try:
        return incoming, await asyncio.to_thread(_inspect, incoming.path, incoming.size)
    except BaseException:
        await storage.drop(incoming)
        raise


async def record(
    session: AsyncSession, conversation_id: UUID, source_key: str, kind: str, filename: str | None, stored: StoredFile
) -> Attachment:
    """Note a stored file as sent in a conversation; the same `source_key` again returns the first note.

    `kind`: `photo`, `voice`, `video` or `document`, as the channel calls it; corrected where the bytes say otherwise.
    """
    row = insert(Attachment).values(
        conversation_id=conversation_id,
        source_key=source_key,
        kind=_kind(kind, stored.media_type),
        media_type=stored.media_type,
        filename=safe_filename(filename, stored.extension),
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
    )
    # Waits for another transaction that is noting the same file.
    await session.execute(row.on_conflict_do_nothing(index_elements=["conversation_id", "source_key"]))
    same = (Attachment.conversation_id == conversation_id, Attachment.source_key == source_key)
    return (await session.scalars(select(Attachment).where(*same))).one()


async def find(
    session: AsyncSession, conversation_id: UUID, attachment_id: str | None, source_key: str
) -> Attachment | None:
    """What was already noted in a conversation, by its id if there is one, else by its source."""
    which = Attachment.id == UUID(attachment_id) if attachment_id else Attachment.source_key == source_key
    return await session.scalar(select(Attachment).where(Attachment.conversation_id == conversation_id, which))


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


async def drop(session: AsyncSession, attachment_ids: Collection[UUID]) -> Collection[str]:
    """Forget files that belong to no case; returns the storage keys that nothing refers to any more.

    The bytes are for the caller to remove (`Storage.remove`) once the transaction is committed.
    """
    unused = (Attachment.id.in_(attachment_ids), Attachment.case_id.is_(None))
    gone = delete(Attachment).where(*unused).returning(Attachment.storage_key)
    keys = set((await session.execute(gone)).scalars())
    still = select(Attachment.storage_key).where(Attachment.storage_key.in_(keys))
    return keys - set((await session.scalars(still)).all())


def _inspect(path: Path, size: int) -> ContentType:
    """What a file is; raises `Rejected`. Reads only the parts it looks at."""
    if size == 0:
        raise Rejected("empty")
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        found = detect(content)
        if found is None:
            raise Rejected("unknown_type")
        if disguised(content, found):
            raise Rejected("disguised")
        if (pixels(content, found) or 0) > MAX_PIXELS:
            raise Rejected("too_many_pixels")
    return found


def _kind(claimed: str, media_type: str) -> str:
    family = _FAMILIES.get(media_type.partition("/")[0], "document")
    # Browsers record voice notes into a video's container; anything may be sent as a document.
    fits = claimed in (family, "document") or (claimed == "voice" and family == "video")
    return claimed if fits else family

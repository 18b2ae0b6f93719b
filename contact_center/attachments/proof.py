"""Files that staff send with their words: looked at before anything is changed, kept only where the change is made."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments.content_type import JPEG, PDF, PNG, WEBP, ContentType
from contact_center.attachments.filenames import safe_filename
from contact_center.attachments.models import Attachment
from contact_center.attachments.service import check
from contact_center.attachments.storage import Incoming, Storage
from contact_center.errors import InvalidInput

MAX_FILES = 5
SHOWN_EVERYWHERE = frozenset({JPEG, PNG, WEBP, PDF})
"""What people's phones and browsers open, whatever they are."""


class TooManyFiles(InvalidInput):
    """More files than go with one message."""

    code = "too_many_files"


class NotForCitizens(InvalidInput):
    """A file of a type that not everybody can open."""

    code = "file_not_sent"


@dataclass(frozen=True)
class Sent:
    """A file as it comes in: its name as claimed, its bytes in chunks."""

    name: str | None
    chunks: AsyncIterable[bytes]


class Proof:
    """The files of one message of the staff's. Nothing of them stays unless `keep` is called and committed."""

    def __init__(self, storage: Storage, sent: Sequence[Sent] = ()) -> None:
        self._storage = storage
        self._sent = sent
        self._checked: list[tuple[str | None, Incoming, ContentType]] = []

    def __len__(self) -> int:
        return len(self._sent)

    @asynccontextmanager
    async def checked(self) -> AsyncIterator[None]:
        """While the block lasts, the files are there to be kept.

        Raises `TooManyFiles`, `Rejected` (see `service.receive`) or `NotForCitizens`. Open no transaction around it.
        """
        if len(self) > MAX_FILES:
            raise TooManyFiles(f"Send at most {MAX_FILES} files.")
        async with AsyncExitStack() as stack:
            for file in self._sent:
                incoming, found = await check(self._storage, file.chunks)
                stack.push_async_callback(self._storage.drop, incoming)
                if found not in SHOWN_EVERYWHERE:
                    raise NotForCitizens("Photos (JPEG, PNG, WebP) and PDF files can be sent.")
                self._checked.append((file.name, incoming, found))
            yield

    async def keep(self, session: AsyncSession, case_id: UUID | None) -> list[str]:
        """Give the files to a case, or to none; their ids, in the order in which they were sent. Does not commit."""
        kept = [await self._kept(case_id, *file) for file in self._checked]
        session.add_all(kept)
        await session.flush()
        return [str(attachment.id) for attachment in kept]

    async def _kept(self, case_id: UUID | None, name: str | None, incoming: Incoming, found: ContentType) -> Attachment:
        return Attachment(
            source_key=incoming.path.name,
            case_id=case_id,
            kind="photo" if found.media_type.startswith("image/") else "document",
            media_type=found.media_type,
            filename=safe_filename(name, found.extension),
            size=incoming.size,
            sha256=incoming.sha256,
            storage_key=await self._storage.keep(incoming),
        )


async def kept(session: AsyncSession, case_id: UUID, files: Proof | None) -> dict[str, list[str]]:
    """Keep the files there are; what of them belongs in the data of the event that they came with."""
    ids = await files.keep(session, case_id) if files else []
    return {"attachments": ids} if ids else {}

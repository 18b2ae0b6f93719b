"""Reading what a browser sent: JSON, or multipart with files, which are stored before the message is."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from contact_center.api.bodies import chunks, is_form, limited
from contact_center.attachments import service as attachments
from contact_center.attachments.models import Attachment
from contact_center.attachments.service import StoredFile
from contact_center.attachments.storage import Storage
from contact_center.channels.base import Location, Media, MediaKind
from contact_center.database import Database
from contact_center.errors import InvalidInput, Unparseable

MAX_TEXT = 10_000
MAX_FILES = 10
MAX_JSON = 256 * 1024
"""10,000 characters, each written as the longest of JSON's escapes."""
MAX_FORM = 25 * 1024 * 1024

_KINDS = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}


class Words(BaseModel):
    """The JSON body: exactly one of its fields."""

    model_config = ConfigDict(extra="forbid")
    text: str | None = Field(None, min_length=1, max_length=MAX_TEXT)
    payload: str | None = Field(None, min_length=1, max_length=200)
    location: Location | None = None


@dataclass(frozen=True)
class Incoming:
    """What a browser sent, its files already stored."""

    text: str | None = None
    payload: str | None = None
    location: Location | None = None
    media: tuple[Media, ...] = ()


class FileRefused(InvalidInput):
    """A file that is not kept, and so the message it came with is not either; `code` says why: `file_too_large`, …"""

    def __init__(self, error: attachments.Rejected) -> None:
        super().__init__(error.sentence)
        self.code = f"file_{error.reason}"
        self.status = 413 if error.reason == "too_large" else 422


async def read(request: Request, database: Database, storage: Storage, conversation: UUID, key: str) -> Incoming:
    """Read a request's body.

    Raises `Unparseable` (400), `InvalidInput` (422), `FileRefused` (413 or 422) or `TooLarge` (413); then nothing of
    the message is kept.
    """
    if not is_form(request):
        return _read_json(await limited(request, MAX_JSON, "256 KB").body())
    try:
        async with limited(request, MAX_FORM, "25 MB").form(max_files=MAX_FILES, max_fields=10) as form:
            return await _read_form(form, database, storage, conversation, key)
    except HTTPException as error:
        raise Unparseable(f"This is not a form with at most {MAX_FILES} files.") from error


def _read_json(body: bytes) -> Incoming:
    try:
        words = Words.model_validate_json(body)
    except ValidationError as error:
        if any(fault["type"] == "json_invalid" for fault in error.errors()):
            raise Unparseable("This is not JSON.") from error
        raise InvalidInput(f"Send text (at most {MAX_TEXT} characters), a payload or a location.") from error
    given = [value for value in (words.text, words.payload, words.location) if value is not None]
    if len(given) != 1:
        raise InvalidInput("Send exactly one of text, payload and location.")
    return Incoming(text=words.text, payload=words.payload, location=words.location)


async def _read_form(form: FormData, database: Database, storage: Storage, conversation: UUID, key: str) -> Incoming:
    files = [value for value in form.getlist("file") if isinstance(value, UploadFile)]
    text = form.get("text")
    if not files:
        raise InvalidInput("Send at least one file, as the field 'file'.")
    if isinstance(text, str) and len(text) > MAX_TEXT:
        raise InvalidInput(f"Send at most {MAX_TEXT} characters.")
    media = await _store_files(database, storage, conversation, key, files)
    return Incoming(text=text if isinstance(text, str) and text.strip() else None, media=media)


async def _store_files(
    database: Database, storage: Storage, conversation: UUID, key: str, files: list[UploadFile]
) -> tuple[Media, ...]:
    """Store files before the message: all of them or, where one is refused, none."""
    stored = [await _receive(storage, file) for file in files]
    async with database.transaction() as session:
        kept = [
            await attachments.record(
                session,
                conversation_id=conversation,
                source_key=f"{key}:{index}",
                kind=_kind(file, content),
                filename=file.filename,
                stored=content,
            )
            for index, (file, content) in enumerate(zip(files, stored, strict=True))
        ]
    return tuple(_media(attachment) for attachment in kept)


def _media(kept: Attachment) -> Media:
    return Media(
        kind=MediaKind(kept.kind),
        attachment_id=str(kept.id),
        media_type=kept.media_type,
        filename=kept.filename,
        size=kept.size,
    )


async def _receive(storage: Storage, file: UploadFile) -> StoredFile:
    try:
        return await attachments.receive(storage, chunks(file))
    except attachments.Rejected as error:
        raise FileRefused(error) from error


def _kind(file: UploadFile, stored: StoredFile) -> str:
    """What a file is to a person. Browsers record voice notes into a video's container and say `audio/…`."""
    family = stored.media_type.partition("/")[0]
    claimed = (file.content_type or "").partition("/")[0]
    return _KINDS.get("audio" if (claimed, family) == ("audio", "video") else family, MediaKind.DOCUMENT).value

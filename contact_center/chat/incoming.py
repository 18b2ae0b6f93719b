"""Reading what a browser sent: JSON, or multipart with files, which are stored before the message is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from contact_center.api.dependencies import TooLarge
from contact_center.attachments import service as attachments
from contact_center.attachments.storage import Storage
from contact_center.channels.base import Location, Media, MediaKind
from contact_center.database import Database
from contact_center.errors import InvalidInput, Unparseable

MAX_TEXT = 10_000
MAX_FILES = 10
CHUNK = 64 * 1024
MAX_BODY = 25 * 1024 * 1024


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
    unsupported: str | None = None


async def read(request: Request, database: Database, storage: Storage, conversation: UUID, key: str) -> Incoming:
    """Read a request's body. Raises `Unparseable` (400), `InvalidInput` (422) or `TooLarge`."""
    if int(request.headers.get("content-length") or MAX_BODY + 1) > MAX_BODY:
        raise TooLarge("Send at most 25 MB at a time.")
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _read_form(request, database, storage, conversation, key)
    return _read_json(await request.body())


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


async def _read_form(request: Request, database: Database, storage: Storage, conversation: UUID, key: str) -> Incoming:
    try:
        form = await request.form(max_files=MAX_FILES, max_fields=10)
    except MultiPartException as error:
        raise Unparseable("This is not a form with files.") from error
    files = [value for value in form.getlist("file") if isinstance(value, UploadFile)]
    text = form.get("text")
    if not files or (isinstance(text, str) and len(text) > MAX_TEXT):
        raise InvalidInput("Send at least one file, as the field 'file'.")
    media, refused = await _store_files(database, storage, conversation, key, files)
    return Incoming(
        text=text if isinstance(text, str) and text.strip() else None,
        media=tuple(media),
        unsupported=refused[0] if refused and not media else None,
    )


async def _store_files(
    database: Database, storage: Storage, conversation: UUID, key: str, files: list[UploadFile]
) -> tuple[list[Media], list[str]]:
    """Store files before the message; those that cannot be kept are told by the reason."""
    media: list[Media] = []
    refused: list[str] = []
    for index, file in enumerate(files):
        try:
            stored = await attachments.receive(storage, _chunks(file))
        except attachments.Rejected as error:
            refused.append(error.reason)
            continue
        kind = _kind(stored.media_type)
        async with database.transaction() as session:
            kept = await attachments.record(
                session,
                conversation_id=conversation,
                source_key=f"{key}:{index}",
                kind=kind.value,
                filename=file.filename,
                stored=stored,
            )
        media.append(Media(kind=kind, attachment_id=str(kept.id), media_type=kept.media_type, filename=kept.filename))
    return media, refused


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


def _kind(media_type: str) -> MediaKind:
    family = media_type.partition("/")[0]
    return {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}.get(
        family, MediaKind.DOCUMENT
    )

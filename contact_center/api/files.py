"""Files as they are handed out, and the addresses under which citizens fetch what was sent to them."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, Response

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.attachments import queries
from contact_center.attachments.links import FileLinks
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import Storage
from contact_center.clock import now
from contact_center.errors import NotFound

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""Types that every browser shows."""

_HEADERS = {
    # Whatever a file turns out to be, it runs nothing here.
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=3600",
}

router = APIRouter(include_in_schema=False)


def served(storage: Storage, file: Attachment) -> Response:
    """The file under its own name: pictures and recordings to be shown, all else to be saved. Raises `NotFound`."""
    try:
        path = storage.path(file.storage_key)
    except FileNotFoundError as error:
        raise NotFound("The file is gone.") from error
    shown = file.media_type in PICTURES or file.media_type.startswith(("audio/", "video/"))
    return FileResponse(
        path,
        media_type=file.media_type,
        filename=file.filename,
        content_disposition_type="inline" if shown else "attachment",
        headers=_HEADERS,
    )


async def linked_file(token: str, request: Request, database: DatabaseOf) -> Attachment:
    """The file that a signed address opens. Raises `NotFound`, whatever is wrong with it."""
    attachment_id = cast(FileLinks, request.app.state.file_links).attachment_of(token, now())
    if attachment_id is not None:
        async with database.transaction() as session:
            file = await queries.by_id(session, attachment_id)
        if file is not None:
            return file
    raise NotFound("There is no such file.")


@router.api_route("/files/{token}", methods=["GET", "HEAD"])
async def fetch(file: Annotated[Attachment, Depends(linked_file)], storage: StorageOf) -> Response:
    """A file that was sent to a citizen; Twilio fetches it here too, to pass it on."""
    return served(storage, file)

"""Files that citizens sent, for whoever may see their case."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.attachments import queries
from contact_center.cases.models import Case
from contact_center.console.case_view import PICTURES
from contact_center.console.permissions import may_see
from contact_center.console.staff import Staff
from contact_center.errors import NotFound

router = APIRouter()
SANDBOX = "default-src 'none'; media-src 'self'; sandbox"
"""Whatever a file turns out to be, it runs nothing here."""


@router.get("/attachments/{attachment_id}")
async def serve(attachment_id: UUID, account: Staff, database: DatabaseOf, storage: StorageOf) -> Response:
    """The file under its own name: pictures and recordings to be shown, all else to be saved."""
    async with database.transaction() as session:
        file = await queries.by_id(session, attachment_id)
        case = await session.get(Case, file.case_id) if file and file.case_id else None
    if file is None or case is None or not may_see(account, case):
        raise NotFound("There is no such file.")
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
        headers={"Content-Security-Policy": SANDBOX, "Cache-Control": "private, max-age=3600"},
    )

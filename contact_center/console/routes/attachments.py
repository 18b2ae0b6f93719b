"""Files of a case, for whoever may see it, or the one that it was merged into."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.api.files import served
from contact_center.attachments import queries
from contact_center.cases.merged import main_of
from contact_center.cases.models import Case
from contact_center.console.case_view import sees
from contact_center.console.staff import Staff
from contact_center.errors import NotFound

router = APIRouter()


@router.get("/attachments/{attachment_id}")
async def serve(attachment_id: UUID, account: Staff, database: DatabaseOf, storage: StorageOf) -> Response:
    """The file under its own name: pictures and recordings to be shown, all else to be saved."""
    async with database.transaction() as session:
        file = await queries.by_id(session, attachment_id)
        case = await session.get(Case, file.case_id) if file and file.case_id else None
        main = await main_of(session, case) if case else None
        if file is None or case is None or main is None:
            raise NotFound("There is no such file.")
        if not (await sees(session, account, case) or await sees(session, account, main)):
            raise NotFound("There is no such file.")
    return served(storage, file)

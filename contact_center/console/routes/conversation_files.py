"""The files of a conversation, for those who take conversations."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.api.files import served
from contact_center.attachments import queries
from contact_center.console.conversation_view import find
from contact_center.console.staff import CallDesk
from contact_center.conversations.queries import went_out
from contact_center.errors import NotFound

router = APIRouter(prefix="/conversations/{conversation}")


@router.get("/files/{attachment_id}")
async def serve(
    conversation: UUID, attachment_id: UUID, account: CallDesk, database: DatabaseOf, storage: StorageOf
) -> Response:
    """A file that the person sent in it, or was sent."""
    async with database.transaction() as session:
        talk = await find(session, conversation)
        file = await queries.by_id(session, attachment_id)
        if file is None or not (file.conversation_id == talk.id or await went_out(session, talk.id, attachment_id)):
            raise NotFound("There is no such file.")
    return served(storage, file)

"""What an erasure leaves outside the database: the assistant's memory and files. Repeated until nothing is left."""

from uuid import UUID

import structlog

from contact_center.attachments.storage import Storage
from contact_center.citizens.models import PrivacyRequest
from contact_center.conversations.dialogue import Assistant, AssistantUnavailable
from contact_center.database import Database
from contact_center.jobs import RetryLater

AGAIN_SECONDS = 15.0

log = structlog.get_logger()


async def remove(database: Database, assistant: Assistant, storage: Storage, request_id: UUID) -> None:
    """Have the assistant forget the person's conversations, delete their files, and note that all is done.

    Safe to repeat, and done again from the beginning where it was broken off. Raises `RetryLater` while the assistant
    does not answer. A file of the same bytes that somebody has sent since stays.
    """
    async with database.transaction() as session:
        request = await session.get_one(PrivacyRequest, request_id)
    if request.state != "approved" or request.decided_at is None:
        return
    try:
        for conversation in request.traces["conversations"]:
            await assistant.forget(conversation)
    except AssistantUnavailable as error:
        log.warning("erasure_waits", request=str(request_id), reason=str(error)[:200])
        raise RetryLater(AGAIN_SECONDS) from error
    for key in request.traces["files"]:
        await storage.remove(key, older_than=request.decided_at)
    async with database.transaction() as session:
        request = await session.get_one(PrivacyRequest, request_id, with_for_update=True)
        request.state, request.traces = "done", {}
    log.info("erased", request=str(request_id))

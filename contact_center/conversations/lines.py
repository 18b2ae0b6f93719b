"""The assistant's side of a conversation as the web chat, the call desk and their clients see it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments import queries
from contact_center.attachments.models import Attachment
from contact_center.conversations.buttons import token
from contact_center.conversations.models import OutboxMessage


async def as_lines(session: AsyncSession, messages: Sequence[OutboxMessage]) -> list[dict[str, Any]]:
    """`{"id", "role", "text", "buttons": [{"title", "payload"}], "expects"}` each; a payload is a token to send back.

    A line with files has `"attachments": [{"id", "kind", "media_type", "filename"}]` too. One query at most.
    """
    wanted = {attachment_id for message in messages for attachment_id in message.attachments}
    found = await queries.by_ids(session, [UUID(attachment_id) for attachment_id in wanted]) if wanted else ()
    files = {str(file.id): file for file in found}
    return [as_line(message) | _attachments(message, files) for message in messages]


def as_line(message: OutboxMessage) -> dict[str, Any]:
    """One line without its files."""
    buttons = [{"title": b["title"], "payload": token(message.id, i)} for i, b in enumerate(message.buttons)]
    return {
        "id": str(message.id),
        "role": message.role,
        "text": message.text,
        "buttons": buttons,
        "expects": message.expects,
    }


def _attachments(message: OutboxMessage, files: Mapping[str, Attachment]) -> dict[str, Any]:
    theirs = [files[attachment_id] for attachment_id in message.attachments if attachment_id in files]
    return {"attachments": [_file(file) for file in theirs]} if theirs else {}


def _file(file: Attachment) -> dict[str, str]:
    return {"id": str(file.id), "kind": file.kind, "media_type": file.media_type, "filename": file.filename}

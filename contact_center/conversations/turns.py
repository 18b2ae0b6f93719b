"""What the assistant is told of an inbound message: words as words, everything else as a payload with metadata."""

from collections.abc import Mapping
from typing import Any

from contact_center.attachments.models import Attachment
from contact_center.channels.base import InboundMessage
from contact_center.conversations.agency_question import AgencyQuestion
from contact_center.conversations.commands import language_of
from contact_center.conversations.dialogue import Turn

SHARE_ATTACHMENT = "/share_attachment"
SHARE_LOCATION = "/share_location"
SHARE_CONTACT = "/share_contact"
EDIT_DRAFT = "/edit_draft"
EDIT_MESSAGE = "/edit_message"
UNSUPPORTED = "/unsupported_message"


def turn_of(
    conversation: str,
    message_id: str,
    message: InboundMessage,
    *,
    phone: str | None = None,
    payload: str | None = None,
    attachments: list[Attachment] | None = None,
    refused_files: list[str] | None = None,
    edited_text: str | None = None,
    remembered: Mapping[str, Any] | None = None,
    rating_of: str | None = None,
    question: AgencyQuestion | None = None,
) -> Turn:
    """The turn for a message. `phone`: the person's number in E.164 where it is vouched for, or the caller's.

    `payload`: of the button that was pressed or typed. `refused_files`: why files were not kept
    (`too_large`, `unknown_type`, `gone`). `edited_text`: how the message read before it was edited.
    `remembered`: what is known from before, as `remembered.remembered` gives it.
    `rating_of`: the reference of the case whose reply the person was just asked to rate.
    `question`: what an agency has asked of the person, while that is open.
    """
    metadata: dict[str, Any] = {
        "message_id": message_id,
        "channel": message.channel.value,
        "phone": phone,
        "profile_name": message.profile_name,
        "attachments": [{"id": str(a.id), "kind": a.kind} for a in attachments or []],
        "refused_files": refused_files or [],
        "location": message.location.model_dump() if message.location else None,
        "contact": message.contact.model_dump() if message.contact else None,
        "unsupported": message.unsupported,
        "edited": {"old": edited_text, "new": message.text} if message.edits else None,
        "draft": message.draft,
        "language": language_of(message),
        **(remembered or {}),
        "rating_of": rating_of,
        "asked_by_agency": question.told() if question else None,
    }
    chosen = payload or _payload_without_words(message, bool(attachments))
    return Turn(
        conversation=conversation,
        message_id=message_id,
        metadata={key: value for key, value in metadata.items() if value not in (None, [])},
        payload=chosen,
        text=None if chosen else message.text,
    )


def _payload_without_words(message: InboundMessage, has_attachments: bool) -> str | None:
    """The payload for what is not words; None where the words are to be understood."""
    if message.notice:
        return f"/{message.notice}"
    if message.draft is not None:
        return EDIT_DRAFT
    if message.edits:
        return EDIT_MESSAGE
    if message.text and message.text.strip():
        return None
    if message.location:
        return SHARE_LOCATION
    if message.contact:
        return SHARE_CONTACT
    return SHARE_ATTACHMENT if has_attachments else UNSUPPORTED

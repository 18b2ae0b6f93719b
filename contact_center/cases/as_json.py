"""A case as the command line and the API print it: whole and unmasked. Pure."""

from collections.abc import Sequence
from typing import Any

from contact_center.attachments.models import Attachment
from contact_center.cases.models import Case

_AS_THEY_ARE = (
    "reference", "type", "category", "agency", "description", "area", "block", "road", "building", "lat", "lon",
    "contact_name", "contact_phone", "channel", "status",
)  # fmt: skip


def as_json(case: Case, attachments: Sequence[Attachment]) -> dict[str, Any]:
    """The case as JSON values, under the keys of `tawasul cases show --json`; moments in ISO 8601, UTC."""
    return {
        **{name: getattr(case, name) for name in _AS_THEY_ARE},
        "attachments": [_attachment(attachment) for attachment in attachments],
        "rating": case.rating,
        "created_at": case.created_at.isoformat(),
        "due_at": case.due_at.isoformat(),
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.id),
        "kind": attachment.kind,
        "media_type": attachment.media_type,
        "filename": attachment.filename,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }

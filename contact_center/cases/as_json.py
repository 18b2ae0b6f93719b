"""A case as the command line and the API print it: whole and unmasked."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.attachments import queries as attachments
from contact_center.attachments.models import Attachment
from contact_center.cases.models import Case

_AS_THEY_ARE = (
    "reference", "type", "category", "agency", "description", "area", "block", "road", "building", "lat", "lon",
    "contact_name", "contact_phone", "channel", "status",
)  # fmt: skip


async def as_json(session: AsyncSession, case: Case) -> dict[str, Any]:
    """The case as JSON values, under the keys of `tawasul cases show --json`; moments in ISO 8601, UTC."""
    return (await all_as_json(session, [case]))[0]


async def all_as_json(session: AsyncSession, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """The cases in the same order, each as `as_json` has it; one query for all their attachments, and one where any
    is a duplicate."""
    files = await attachments.of_cases(session, [case.id for case in cases])
    mains = await _references(session, {case.duplicate_of for case in cases if case.duplicate_of})
    return [_case(case, files.get(case.id, []), mains) for case in cases]


async def _references(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, str]:
    if not ids:
        return {}
    found = await session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids)))
    return {row.id: row.reference for row in found}


def _case(case: Case, files: Sequence[Attachment], mains: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        **{name: getattr(case, name) for name in _AS_THEY_ARE},
        "attachments": [_attachment(file) for file in files],
        "rating": case.rating,
        "created_at": case.created_at.isoformat(),
        "due_at": case.due_at.isoformat() if case.due_at else None,
        "assignee": case.assignee,
        "duplicate_of": mains[case.duplicate_of] if case.duplicate_of else None,
        "outcome": case.outcome,
        "praised": case.praised,
        "follows": case.follows,
        "times_reopened": case.times_reopened,
        "meant_for": case.meant_for,
        "routing_since": case.routing_since.isoformat() if case.routing_since else None,
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.id),
        "kind": attachment.kind,
        "media_type": attachment.media_type,
        "filename": attachment.filename,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "from": "citizen" if attachment.conversation_id else "agency",
    }

"""An open case about the same, before a confirmed draft becomes one more: looked for, told of, joined."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.backend import conversation_id_of, database, identity_of
from actions.reading import Reading
from actions.texts import Slots
from actions.turn import Turn
from contact_center.cases import queries
from contact_center.cases.duplicates import TYPE, Draft, closest
from contact_center.cases.following import Addition, join
from contact_center.cases.models import Case

JOIN = "join"
FILE_ANYWAY = "file"

_CONTACT = ("contact_name", "contact_phone")


async def look_for_similar(reading: Reading) -> None:
    """Once the summary is confirmed: have the person asked about the closest similar case, where there is one."""
    turn = reading.turn
    if reading.changes.get("confirm") is not True or conversation_id_of(turn) is None:
        return
    found = await _found(turn, reading.slots) if reading.slots.get("case_type") == TYPE else None
    reading.set(similar=None if found else "", similar_case=found)


async def join_similar(session: AsyncSession, turn: Turn) -> Case | None:
    """Add the draft to the case that was told of; None where it has ended meanwhile. Committing is the caller's."""
    told: Mapping[str, Any] = turn.slots.get("similar_case") or {}
    case = await queries.by_reference(session, told["reference"])
    identity, conversation_id = await identity_of(session, turn), conversation_id_of(turn)
    if case is None or identity is None or conversation_id is None:
        return None
    addition = Addition(
        identity_id=identity.id,
        conversation_id=conversation_id,
        text=turn.slots["description"],
        key=str(turn.metadata.get("message_id") or ""),
        attachments=tuple(UUID(str(file)) for file in turn.slots.get("attachments") or ()),
        contact={name: turn.slots.get(name) or None for name in _CONTACT},
    )
    return case if await join(session, case, addition, own=bool(told["filed"])) else None


async def _found(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    async with database().transaction() as session:
        if await queries.filed_by_message(session, turn.metadata.get("message_id")) is not None:
            return None  # a repeated turn: the case is there, and like itself
        identity = await identity_of(session, turn)
        theirs = await queries.identities_with(session, identity) if identity else frozenset()
        similar = await closest(session, Draft.of(slots), theirs)
    if similar is None:
        return None
    filed = similar.case.identity_id in theirs
    return {"reference": similar.case.reference, "own": similar.own, "filed": filed}

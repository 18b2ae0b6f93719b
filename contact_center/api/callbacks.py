"""Who is to be called back, for the console and other machines: list them, and say what came of it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from contact_center.api.dependencies import DatabaseOf, StaffOrKey
from contact_center.telephone import callbacks
from contact_center.telephone.models import Callback
from contact_center.telephone.outcomes import Result

router = APIRouter(prefix="/api/v1/callbacks", tags=["calls"])


class Settled(BaseModel):
    """What came of calling."""

    model_config = ConfigDict(extra="forbid")

    result: Result


@router.get("")
async def waiting(database: DatabaseOf, _actor: StaffOrKey) -> list[dict[str, Any]]:
    """Who is to be called, by when: `[{id, phone, language, wanted_at, asked_at, promised_by, result}]`."""
    async with database.transaction() as session:
        return [as_json(callback) for callback in await callbacks.open_ones(session)]


@router.post("/{callback}/settle")
async def settle(callback: UUID, body: Settled, database: DatabaseOf, actor: StaffOrKey) -> dict[str, Any]:
    """Note that somebody has called; 409 where another was first."""
    async with database.transaction() as session:
        return as_json(await callbacks.settle(session, callback, body.result, actor=actor))


def as_json(callback: Callback) -> dict[str, Any]:
    """A callback as machines read it; moments in UTC."""
    return {
        "id": str(callback.id),
        "phone": callback.phone,
        "language": callback.language,
        "wanted_at": callback.wanted_at.isoformat(),
        "asked_at": callback.asked_at.isoformat(),
        "promised_by": callback.promised_by,
        "result": callback.result,
    }

"""Cases, for machines: one thing done to many."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import Field

from contact_center.api.bulk_actions import MOST, BulkAction, Doer, in_bulk
from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, KeyHolder

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class Bulk(BulkAction):
    """The same, and to which cases."""

    references: list[str] = Field(min_length=1, max_length=MOST)


@router.post("/bulk")
async def bulk(body: Bulk, database: DatabaseOf, actor: KeyHolder, key: IdempotencyKey = None) -> dict[str, Any]:
    """Do it to each case by itself; `results` says for each whether it was done, or why not.

    A repeat with the same `Idempotency-Key` does nothing a second time.
    """
    doer = Doer(actor, key, allow=lambda _case, _action: None)
    return {"results": [asdict(outcome) for outcome in await in_bulk(database, body.references, body, doer)]}

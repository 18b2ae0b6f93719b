"""Cases, for machines: who works on one, what it is merged with, and what may be answered."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import catalogue
from contact_center.api.deed import DeedOf
from contact_center.api.dependencies import DatabaseOf, StaffOrKey
from contact_center.cases import queries
from contact_center.cases.assigning import assign
from contact_center.cases.merging import merge
from contact_center.cases.models import Case, CaseEvent
from contact_center.notifications.canned import filled_for

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class Assignment(BaseModel):
    """The username of somebody of the case's agency."""

    model_config = ConfigDict(extra="forbid")
    to: str = Field(min_length=1, max_length=100)


class Merging(BaseModel):
    """The number of the other case about the same thing, with which the work goes on."""

    model_config = ConfigDict(extra="forbid")
    into: str = Field(min_length=1, max_length=40)


@router.get("/{reference}/canned-replies")
async def canned_replies(reference: str, database: DatabaseOf, _reader: StaffOrKey) -> list[dict[str, Any]]:
    """What the case's agency may answer with, filled in, in the language of the case's citizen."""
    async with database.transaction() as session:
        case = await queries.required(session, reference)
        return [asdict(reply) for reply in await filled_for(session, case, await catalogue(session))]


@router.post("/{reference}/assign", status_code=201)
async def give(body: Assignment, deed: DeedOf) -> dict[str, Any]:
    """Give the case to a person of its agency; a repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(assign, body.to)


@router.post("/{reference}/merge", status_code=201)
async def merge_into(body: Merging, deed: DeedOf) -> dict[str, Any]:
    """Make the case a duplicate of another open one; everybody of it is told and hears of that one from then on.

    A repeat with the same `Idempotency-Key` changes nothing. 409 where either has ended, or both are the same.
    """
    return await deed.do(_merge_into, body.into)


async def _merge_into(session: AsyncSession, case: Case, into: str, **done: Any) -> CaseEvent:
    return await merge(session, case, await queries.required(session, into), **done)

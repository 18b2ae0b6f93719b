"""Cases, for machines: what the one who filed a case wants of it later, said to a system of the agency or by phone."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.api.dependencies import DatabaseOf, key_only
from contact_center.cases import aftercare, queries
from contact_center.cases.as_json import as_json
from contact_center.cases.models import Case
from contact_center.cases.new_case import Words
from contact_center.database import Database
from contact_center.errors import NotFound

router = APIRouter(prefix="/api/v1/cases/{reference}", tags=["cases"])
Actor = Annotated[str, Depends(key_only)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)]
Act = Callable[[AsyncSession, Case], Awaitable[object]]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Information(_Body):
    """What is to be added to the case."""

    text: Words


class Withdrawal(_Body):
    """Why the case is taken back, where that was said."""

    reason: Words | None = None


class Reopening(_Body):
    """What is still wrong after the answer."""

    reason: Words


class Rating(_Body):
    """What the reply was worth, 1 (worst) to 5, and a word on it."""

    rating: int = Field(ge=aftercare.WORST, le=aftercare.BEST)
    comment: Words | None = None


@router.post("/information", status_code=201)
async def add_information(
    reference: str, body: Information, database: DatabaseOf, actor: Actor, key: Key = None
) -> dict[str, Any]:
    """Add words to an open case; 409 where it has ended. A repeat with the same `Idempotency-Key` changes nothing."""

    async def act(session: AsyncSession, case: Case) -> None:
        await aftercare.add_information(session, case, body.text, actor=actor, idempotency_key=key)

    return await _do(database, reference, act)


@router.post("/withdraw", status_code=201)
async def withdraw(
    reference: str, body: Withdrawal, database: DatabaseOf, actor: Actor, key: Key = None
) -> dict[str, Any]:
    """Take a case back; 409 where it has ended. A repeat with the same `Idempotency-Key` changes nothing."""

    async def act(session: AsyncSession, case: Case) -> None:
        await aftercare.withdraw(session, case, body.reason, actor=actor, idempotency_key=key)

    return await _do(database, reference, act)


@router.post("/reopen", status_code=201)
async def reopen(
    reference: str, body: Reopening, database: DatabaseOf, actor: Actor, key: Key = None
) -> dict[str, Any]:
    """Reopen a case within 30 days of its answer; 409 later, or where it is open. Repeats as above."""

    async def act(session: AsyncSession, case: Case) -> None:
        await aftercare.reopen(session, case, body.reason, actor=actor, idempotency_key=key)

    return await _do(database, reference, act)


@router.post("/rating", status_code=201)
async def rate(reference: str, body: Rating, database: DatabaseOf, actor: Actor, key: Key = None) -> dict[str, Any]:
    """Rate the newest reply within 14 days; 409 later, or before any. A later rating replaces an earlier one."""

    async def act(session: AsyncSession, case: Case) -> None:
        await aftercare.rate(session, case, body.rating, body.comment, actor=actor, idempotency_key=key)

    return await _do(database, reference, act)


async def _do(database: Database, reference: str, act: Act) -> dict[str, Any]:
    async with database.transaction() as session:
        case = await queries.by_reference(session, reference)
        if case is None:
            raise NotFound("There is no case with this reference number.")
        await act(session, case)
        return await as_json(session, case)

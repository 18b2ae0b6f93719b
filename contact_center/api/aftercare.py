"""Cases, for machines: what the one who filed a case wants of it later, said to a system of the agency or by phone."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, key_only
from contact_center.cases import aftercare, queries
from contact_center.cases.as_json import as_json
from contact_center.cases.new_case import Words

router = APIRouter(prefix="/api/v1/cases/{reference}", tags=["cases"])


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


class Deed:
    """What is done to one case by the bearer of a key, once for each `Idempotency-Key`."""

    def __init__(
        self,
        reference: str,
        database: DatabaseOf,
        actor: Annotated[str, Depends(key_only)],
        key: IdempotencyKey = None,
    ) -> None:
        """Taken by FastAPI from the request."""
        self._reference, self._database, self._actor, self._key = reference, database, actor, key

    async def do(self, act: Callable[..., Awaitable[object]], *said: object) -> dict[str, Any]:
        """The case afterwards; `act` is one of `cases.aftercare`. Raises NotFound and what `act` raises."""
        async with self._database.transaction() as session:
            case = await queries.required(session, self._reference)
            await act(session, case, *said, actor=self._actor, idempotency_key=self._key)
            return await as_json(session, case)


DeedOf = Annotated[Deed, Depends()]


@router.post("/information", status_code=201)
async def add_information(body: Information, deed: DeedOf) -> dict[str, Any]:
    """Add words to an open case; 409 where it has ended. A repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(aftercare.add_information, body.text)


@router.post("/withdraw", status_code=201)
async def withdraw(body: Withdrawal, deed: DeedOf) -> dict[str, Any]:
    """Take a case back; 409 where it has ended. A repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(aftercare.withdraw, body.reason)


@router.post("/reopen", status_code=201)
async def reopen(body: Reopening, deed: DeedOf) -> dict[str, Any]:
    """Reopen a case by its agency's rule; 409 where it is `too_late` or was `too_often`, or where the case is open."""
    return await deed.do(aftercare.reopen, body.reason)


@router.post("/rating", status_code=201)
async def rate(body: Rating, deed: DeedOf) -> dict[str, Any]:
    """Rate the newest reply within 14 days; 409 later, or before any. A later rating replaces an earlier one."""
    return await deed.do(aftercare.rate, body.rating, body.comment)

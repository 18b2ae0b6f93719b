"""Cases, for machines: what the one who filed a case wants of it later, said to a system of the agency or by phone."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contact_center.api.deed import DeedOf
from contact_center.cases import aftercare
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

"""Cases, for machines: read one, and answer it as its agency."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from contact_center.api.bodies import filled, in_either_form
from contact_center.api.deed import DeedOf
from contact_center.api.dependencies import DatabaseOf, StaffOrKey, StorageOf
from contact_center.cases import queries, service
from contact_center.cases.as_json import as_json
from contact_center.cases.interim import promise
from contact_center.cases.outcomes import Outcome
from contact_center.cases.suggestion_progress import take_further
from contact_center.cases.transfer import Target, transfer

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
OutcomeCode = Annotated[Outcome, WithJsonSchema({"type": "string", "enum": list(Outcome)})]
"""Described in place: a schema that stands within a route's own description has nowhere to refer to."""


class AgencyReply(BaseModel):
    """What the agency answers; `close`: and the case is done with that; `outcome`: what becomes of a suggestion."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=10_000)
    close: bool = False
    outcome: OutcomeCode | None = None


class Progress(BaseModel):
    """What has become of a suggestion since its answer, and a word on it."""

    model_config = ConfigDict(extra="forbid")
    outcome: OutcomeCode
    text: str | None = Field(None, max_length=10_000)


class InterimReply(BaseModel):
    """Why the answer takes longer, and the working day (in Bahrain) by whose end it comes."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=10_000)
    due_on: date


class Note(BaseModel):
    """What only staff may read."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=10_000)


class Transfer(BaseModel):
    """Where the case goes, by an agency's or a category's code, and why (for staff only)."""

    model_config = ConfigDict(extra="forbid")
    agency: str | None = None
    category: str | None = None
    reason: str = Field(min_length=1, max_length=10_000)


@router.get("/{reference}")
async def show(reference: str, database: DatabaseOf, _reader: StaffOrKey) -> dict[str, Any]:
    """One case, whole."""
    async with database.transaction() as session:
        return await as_json(session, await queries.required(session, reference))


@router.post("/{reference}/reply", status_code=201, openapi_extra=in_either_form(AgencyReply))
async def reply(request: Request, storage: StorageOf, deed: DeedOf) -> dict[str, Any]:
    """Answer the citizen as the case's agency; as a form, with up to five photos or PDF files as `files`.

    A repeat with the same `Idempotency-Key` changes nothing.
    """
    async with filled(request, storage, AgencyReply) as (body, files), files.checked():
        return await deed.do(service.reply, body.text, close=body.close, outcome=body.outcome, files=files)


@router.post("/{reference}/outcome", status_code=201)
async def take_suggestion_further(body: Progress, deed: DeedOf) -> dict[str, Any]:
    """Give an answered suggestion its next outcome; a repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(take_further, body.outcome, body.text)


@router.post("/{reference}/interim-reply", status_code=201, openapi_extra=in_either_form(InterimReply))
async def interim_reply(request: Request, storage: StorageOf, deed: DeedOf) -> dict[str, Any]:
    """Promise another date, once, with the reason (and files, as in a reply). Repeats as above."""
    async with filled(request, storage, InterimReply) as (body, files), files.checked():
        return await deed.do(promise, body.text, body.due_on, files=files)


@router.post("/{reference}/transfer", status_code=201)
async def send_on(body: Transfer, deed: DeedOf) -> dict[str, Any]:
    """Send the case on; the citizen is told where it is. A repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(transfer, Target(body.agency, body.category), body.reason)


@router.post("/{reference}/notes", status_code=201)
async def note(body: Note, deed: DeedOf) -> dict[str, Any]:
    """Write a note for staff; a repeat with the same `Idempotency-Key` changes nothing."""
    return await deed.do(service.note, body.text)

"""Cases, for machines: read one, and answer it as its agency."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from contact_center.agencies.queries import catalogue
from contact_center.api.bodies import filled, in_either_form
from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, StorageOf, key_only, staff_or_key
from contact_center.cases import queries, service
from contact_center.cases.as_json import as_json
from contact_center.cases.interim import promise
from contact_center.cases.outcomes import Outcome
from contact_center.cases.suggestion_progress import take_further
from contact_center.cases.transfer import Target, transfer
from contact_center.notifications.case_events import tell_event

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Reader = Annotated[str, Depends(staff_or_key)]
Agency = Annotated[str, Depends(key_only)]
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
async def show(reference: str, database: DatabaseOf, _reader: Reader) -> dict[str, Any]:
    """One case, whole."""
    async with database.transaction() as session:
        return await as_json(session, await queries.required(session, reference))


@router.post("/{reference}/reply", status_code=201, openapi_extra=in_either_form(AgencyReply))
async def reply(
    reference: str,
    request: Request,
    database: DatabaseOf,
    storage: StorageOf,
    actor: Agency,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Answer the citizen as the case's agency; as a form, with up to five photos or PDF files as `files`.

    A repeat with the same `Idempotency-Key` changes nothing.
    """
    async with (
        filled(request, storage, AgencyReply) as (body, files),
        files.checked(),
        database.transaction() as session,
    ):
        case = await queries.required(session, reference)
        event = await service.reply(
            session,
            case,
            body.text,
            close=body.close,
            outcome=body.outcome,
            actor=actor,
            files=files,
            idempotency_key=key,
        )
        await tell_event(session, await catalogue(session), case, event)
        return await as_json(session, case)


@router.post("/{reference}/outcome", status_code=201)
async def take_suggestion_further(
    reference: str,
    body: Progress,
    database: DatabaseOf,
    actor: Agency,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Give an answered suggestion its next outcome; a repeat with the same `Idempotency-Key` changes nothing."""
    async with database.transaction() as session:
        case = await queries.required(session, reference)
        event = await take_further(session, case, body.outcome, body.text, actor=actor, idempotency_key=key)
        await tell_event(session, await catalogue(session), case, event)
        return await as_json(session, case)


@router.post("/{reference}/interim-reply", status_code=201, openapi_extra=in_either_form(InterimReply))
async def interim_reply(
    reference: str,
    request: Request,
    database: DatabaseOf,
    storage: StorageOf,
    actor: Agency,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Promise another date, once, with the reason (and files, as in a reply). Repeats as above."""
    async with (
        filled(request, storage, InterimReply) as (body, files),
        files.checked(),
        database.transaction() as session,
    ):
        case = await queries.required(session, reference)
        event = await promise(session, case, body.text, body.due_on, actor=actor, files=files, idempotency_key=key)
        await tell_event(session, await catalogue(session), case, event)
        return await as_json(session, case)


@router.post("/{reference}/transfer", status_code=201)
async def send_on(
    reference: str,
    body: Transfer,
    database: DatabaseOf,
    actor: Agency,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Send the case on; the citizen is told where it is. A repeat with the same `Idempotency-Key` changes nothing."""
    target = Target(body.agency, body.category)
    async with database.transaction() as session:
        case = await queries.required(session, reference)
        event = await transfer(session, case, target, body.reason, actor=actor, idempotency_key=key)
        await tell_event(session, await catalogue(session), case, event)
        return await as_json(session, case)


@router.post("/{reference}/notes", status_code=201)
async def note(
    reference: str,
    body: Note,
    database: DatabaseOf,
    actor: Agency,
    key: IdempotencyKey = None,
) -> dict[str, Any]:
    """Write a note for staff; a repeat with the same `Idempotency-Key` changes nothing."""
    async with database.transaction() as session:
        case = await queries.required(session, reference)
        await service.note(session, case, body.text, actor=actor, idempotency_key=key)
        return await as_json(session, case)

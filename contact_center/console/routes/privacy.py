"""What people ask to have done with their data: asked by one of the staff, decided by another, fetched by the first."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from contact_center.api.dependencies import DatabaseOf, StorageOf
from contact_center.console.rendering import BASE
from contact_center.console.staff import PeopleServer
from contact_center.database import Database
from contact_center.errors import TawasulError
from contact_center.privacy import erasing, export, requests
from contact_center.privacy.archive import archive
from contact_center.privacy.person import person
from contact_center.privacy.requests import Decided, Kind, OpenCases, OwnRequest, Recognised

HOME = f"{BASE}/citizens"

router = APIRouter(prefix="/citizens")


@router.post("/{citizen_id}/requests")
async def ask(
    citizen_id: UUID,
    account: PeopleServer,
    database: DatabaseOf,
    kind: Annotated[Kind, Form()],
    recognised: Annotated[Recognised, Form()],
) -> Response:
    """Ask that what is held of a person be exported or erased."""
    try:
        async with database.transaction() as session:
            await requests.ask(session, await person(session, citizen_id), kind, recognised, account.username)
    except (requests.AskedBefore, requests.Erased, OpenCases) as error:
        return _back(citizen_id, fault=error)
    return _back(citizen_id, done="asked")


@router.post("/requests/{request_id}/withdraw")
async def withdraw(request_id: UUID, account: PeopleServer, database: DatabaseOf) -> Response:
    """Take back what one has asked for."""
    try:
        async with database.transaction() as session:
            request = await requests.withdraw(session, request_id, account.username)
    except Decided as error:
        return await _fault(database, request_id, error)
    return _back(request.citizen_id, done="withdrawn")


@router.post("/requests/{request_id}/refuse")
async def refuse(request_id: UUID, account: PeopleServer, database: DatabaseOf) -> Response:
    """Decide that it is not done."""
    try:
        async with database.transaction() as session:
            request = await requests.decide(session, request_id, account.username, approve=False)
    except (Decided, OwnRequest) as error:
        return await _fault(database, request_id, error)
    return _back(request.citizen_id, done="refused")


@router.post("/requests/{request_id}/approve")
async def approve(request_id: UUID, account: PeopleServer, database: DatabaseOf) -> Response:
    """Decide that it is done: an export may then be fetched, an erasure is over when this answers."""
    try:
        async with database.transaction() as session:
            request = await requests.decide(session, request_id, account.username, approve=True)
            if request.kind == Kind.ERASURE:
                await erasing.erase(session, request)
    except (Decided, OwnRequest, OpenCases, erasing.Busy) as error:
        return await _fault(database, request_id, error)
    return _back(request.citizen_id, done="erased" if request.kind == Kind.ERASURE else "approved")


@router.get("/requests/{request_id}/export")
async def fetch(request_id: UUID, account: PeopleServer, database: DatabaseOf, storage: StorageOf) -> Response:
    """Everything that is held of the person, as one ZIP, for whoever asked for it."""
    async with database.transaction() as session:
        request = await requests.to_hand_out(session, request_id, account.username)
        known = await person(session, request.citizen_id)
        held = await export.files(session, known)
        document = await export.document(session, known, held)
    files = [(export.name_in_archive(file), storage.place(file.storage_key)) for file in held]
    headers = {"Content-Disposition": f'attachment; filename="person-{request_id}.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(archive(document, files), media_type="application/zip", headers=headers)


async def _fault(database: Database, request_id: UUID, error: TawasulError) -> Response:
    async with database.transaction() as session:
        request = await requests.find(session, request_id)
    return _back(request.citizen_id, fault=error)


def _back(citizen_id: UUID, *, done: str = "", fault: TawasulError | None = None) -> Response:
    said = f"fault={fault.code}" if fault else f"done={done}"
    return RedirectResponse(f"{HOME}/{citizen_id}?{said}", 303)

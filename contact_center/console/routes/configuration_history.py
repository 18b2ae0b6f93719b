"""Who changed what in the configuration, undoing it, the year's calendar, and the catalogue as a file."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.api.dependencies import DatabaseOf
from contact_center.clock import BAHRAIN, now
from contact_center.configuration import catalogue_file, history, service
from contact_center.configuration.changes import Refused
from contact_center.configuration.kinds import KINDS
from contact_center.console.configuration import calendar_year
from contact_center.console.configuration.changes import Shown, ShownSet, sentences, shown, shown_set
from contact_center.console.rendering import language_of, page
from contact_center.console.routes.configuration import HOME
from contact_center.console.staff import Administrator, ConfigurationReader, actor
from contact_center.errors import NotFound

router = APIRouter(prefix="/configuration")


class _OnlyTried(Exception):
    """Rolls back what was only tried."""


@router.get("/history")
async def listed(
    request: Request,
    account: ConfigurationReader,
    database: DatabaseOf,
    kind: Annotated[str, Query(max_length=40)] = "",
    code: Annotated[str, Query(max_length=200)] = "",
    before: int | None = None,
    done: str = "",
) -> Response:
    """All changes, or those of a kind or an entry, the newest first."""
    language = language_of(request)
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        found, older = await history.page(session, kind=kind or None, code=code or None, before=before)
    sets = [shown_set(one, language, known) for one in found]
    return _page(request, sets, older=older, kind=kind, code=code, done=done)


@router.get("/history/{number}")
async def one(request: Request, account: ConfigurationReader, database: DatabaseOf, number: int) -> Response:
    """A set of changes, whole."""
    async with database.transaction() as session:
        return await _one(request, session, number)


@router.post("/history/{number}/undo")
async def undo(request: Request, account: Administrator, database: DatabaseOf, number: int) -> Response:
    """Put back what a set of changes changed."""
    try:
        async with database.transaction() as session:
            await service.undo(session, number, actor=actor(account))
    except Refused as refused:
        async with database.transaction() as session:
            return await _one(request, session, number, sentences(refused.faults, language_of(request)))
    return RedirectResponse(f"{HOME}/history?done=undone", 303)


async def _one(request: Request, session: AsyncSession, number: int, faults: list[str] | None = None) -> Response:
    found = await history.one_set(session, number)
    if found is None:
        raise NotFound("There is no such change.")
    sets = [shown_set(found, language_of(request), await queries.catalogue(session))]
    return _page(request, sets, 422 if faults else 200, faults=faults or ())


def _page(
    request: Request,
    sets: Sequence[ShownSet],
    status: int = 200,
    *,
    older: int | None = None,
    kind: str = "",
    code: str = "",
    done: str = "",
    faults: Sequence[str] = (),
) -> Response:
    listing: dict[str, Any] = {"sets": sets, "older": older, "kind": kind, "code": code, "done": done, "faults": faults}
    return page(request, "configuration/history.html", status, home=HOME, kinds=KINDS, **listing)


@router.get("/calendar")
async def year(
    request: Request, account: ConfigurationReader, database: DatabaseOf, year: int | None = None
) -> Response:
    """A year's weekends, holidays, declared days and Ramadan; this year's unless another is asked for."""
    shown_year = year or now().astimezone(BAHRAIN).year
    if shown_year not in calendar_year.YEARS:
        raise NotFound("There is no such year.")
    async with database.transaction() as session:
        calendar = await queries.working_calendar(session)
        declared = {day.day: day.note for day in await queries.calendar_days(session)}
    months = calendar_year.months(shown_year, calendar, declared, language_of(request))
    return page(request, "configuration/calendar.html", home=HOME, kinds=KINDS, year=shown_year, months=months)


@router.get("/catalogue")
async def file(request: Request, account: ConfigurationReader) -> Response:
    """Where the catalogue is taken out as a file and put back."""
    return _file(request)


@router.get("/catalogue.yml")
async def download(account: ConfigurationReader, database: DatabaseOf) -> Response:
    """The catalogue as it stands."""
    async with database.transaction() as session:
        text = await catalogue_file.export(session)
    headers = {"Content-Disposition": 'attachment; filename="catalogue.yml"'}
    return Response(text, media_type="application/yaml; charset=utf-8", headers=headers)


@router.post("/catalogue")
async def upload(
    request: Request,
    account: Administrator,
    database: DatabaseOf,
    catalogue: UploadFile,
    only_try: Annotated[str, Form()] = "",
) -> Response:
    """Make the catalogue what the file says, or (`only_try`) show what that would change."""
    language, changes = language_of(request), list[Shown]()
    try:
        text = (await catalogue.read()).decode("utf-8", "replace")
        async with database.transaction() as session:
            made = await catalogue_file.take(session, text, actor=actor(account))
            known = await queries.catalogue(session)
            changes = [shown(change, language, known) for change in made]
            if only_try:
                raise _OnlyTried
    except _OnlyTried:
        return _file(request, changes=changes, result="would_change")
    except Refused as refused:
        return _file(request, 422, faults=sentences(refused.faults, language))
    return _file(request, changes=changes, result="did_change" if changes else "unchanged")


def _file(
    request: Request,
    status: int = 200,
    *,
    changes: list[Shown] | None = None,
    result: str = "",
    faults: list[str] | None = None,
) -> Response:
    result = "unchanged" if result and not changes else result
    values = {"changes": changes or [], "result": result, "faults": faults or []}
    return page(request, "configuration/catalogue.html", status, home=HOME, kinds=KINDS, **values)

"""What administrators configure: lists, forms, and how each change is made."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies import queries
from contact_center.agencies.checks import Fault
from contact_center.api.dependencies import DatabaseOf
from contact_center.configuration import history, service, tables
from contact_center.configuration.changes import Refused
from contact_center.configuration.kinds import KINDS, Kind
from contact_center.console.configuration import forms
from contact_center.console.configuration.changes import label, sentences, shown_set
from contact_center.console.configuration.shown import title
from contact_center.console.configuration.usual_wordings import usual_wordings
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.staff import Administrator, ConfigurationReader, actor
from contact_center.errors import NotFound
from contact_center.notifications.models import MessageTemplate

HOME = f"{BASE}/configuration"

router = APIRouter(prefix="/configuration")


@router.get("")
async def overview(request: Request, account: ConfigurationReader, database: DatabaseOf) -> Response:
    """What there is to configure, and what was changed last."""
    language = language_of(request)
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        counts = {name: len(await tables.entries(session, kind)) for name, kind in KINDS.items()}
        newest, _ = await history.page(session)
    recent = [shown_set(one, language, known) for one in newest[:5]]
    return page(request, "configuration/overview.html", home=HOME, kinds=KINDS, counts=counts, sets=recent)


@router.get("/kinds/{name}")
async def listed(
    request: Request,
    account: ConfigurationReader,
    database: DatabaseOf,
    name: str,
    q: Annotated[str, Query(max_length=200)] = "",
    done: str = "",
) -> Response:
    """The entries of a kind, all or those that are searched for."""
    kind, language = _kind(name), language_of(request)
    async with database.transaction() as session:
        known = await queries.catalogue(session)
        rows = forms.rows(kind, await tables.entries(session, kind), q, language, known)
    heads = [label(field.name, language) for field in forms.columns(kind)]
    usual = usual_wordings(language) if kind.table is MessageTemplate and not q else ()
    values: dict[str, Any] = {"kind": kind, "rows": rows, "heads": heads, "q": q, "done": done}
    return page(request, "configuration/list.html", home=HOME, kinds=KINDS, usual_wordings=usual, **values)


@router.get("/kinds/{name}/new")
async def empty_form(request: Request, account: Administrator, database: DatabaseOf, name: str) -> Response:
    """The form of a new entry; the address may fill in its fields."""
    kind = _kind(name)
    if not kind.may_add:
        raise NotFound("Nothing is added here.")
    filled = service.at_first(kind) | dict(request.query_params)
    async with database.transaction() as session:
        return await _form(request, session, kind, None, filled)


@router.get("/kinds/{name}/entries/{code}")
async def form(
    request: Request, account: ConfigurationReader, database: DatabaseOf, name: str, code: str, done: str = ""
) -> Response:
    """The form of an entry, with its history."""
    kind = _kind(name)
    async with database.transaction() as session:
        entry = await tables.entry(session, kind, code)
        if entry is None:
            raise NotFound("There is no such entry.")
        return await _form(request, session, kind, code, _filled(kind, entry), done=done)


@router.post("/kinds/{name}/new")
async def add(request: Request, account: Administrator, database: DatabaseOf, name: str) -> Response:
    """Add an entry."""
    kind = _kind(name)
    if not kind.may_add:
        raise NotFound("Nothing is added here.")
    return await _save(request, account, database, kind, None)


@router.post("/kinds/{name}/entries/{code}")
async def save(request: Request, account: Administrator, database: DatabaseOf, name: str, code: str) -> Response:
    """Change an entry."""
    return await _save(request, account, database, _kind(name), code)


@router.post("/kinds/{name}/entries/{code}/remove")
async def remove(request: Request, account: Administrator, database: DatabaseOf, name: str, code: str) -> Response:
    """Remove an entry."""
    kind, filled = _kind(name), await _typed(request)
    try:
        async with database.transaction() as session:
            await service.remove(session, kind, code, seen=_seen(filled), actor=actor(account))
    except Refused as refused:
        return await _again(request, database, kind, code, filled, refused.faults)
    return RedirectResponse(f"{HOME}/kinds/{kind.name}?done=saved", 303)


async def _save(
    request: Request, account: Administrator, database: DatabaseOf, kind: Kind, code: str | None
) -> Response:
    filled = await _typed(request)
    try:
        async with database.transaction() as session:
            saved, number = await service.save(session, kind, code, filled, seen=_seen(filled), actor=actor(account))
    except Refused as refused:
        return await _again(request, database, kind, code, filled, refused.faults)
    done = "unchanged" if number is None else "saved"
    return RedirectResponse(f"{HOME}/kinds/{kind.name}/entries/{saved}?done={done}", 303)


async def _again(
    request: Request,
    database: DatabaseOf,
    kind: Kind,
    code: str | None,
    filled: Mapping[str, str],
    faults: Sequence[Fault],
) -> Response:
    async with database.transaction() as session:
        return await _form(request, session, kind, code, filled, faults=faults)


async def _form(
    request: Request,
    session: AsyncSession,
    kind: Kind,
    code: str | None,
    filled: Mapping[str, str],
    *,
    faults: Sequence[Fault] = (),
    done: str = "",
) -> Response:
    """The page of an entry (`code` None: a new one), with its fields filled in as given."""
    language, known = language_of(request), await queries.catalogue(session)
    entry = await tables.entry(session, kind, code) if code else None
    wrong = {fault.field for fault in faults if fault.code in ("", code)}
    fields = (*kind.key, *kind.fields) if code is None else kind.fields
    sets = (await history.page(session, kind=kind.name, code=code))[0] if code else []
    values: dict[str, Any] = {
        "kind": kind,
        "code": code,
        "title": title(kind, code, entry, language) if code and entry else None,
        "inputs": forms.inputs(fields, filled, wrong, language, known),
        "faults": sentences(faults, language),
        "seen": await history.newest_of(session, kind.name, code) if code and not faults else filled.get("seen", "0"),
        "sets": [shown_set(one, language, known) for one in sets],
        "done": done,
    }
    return page(request, "configuration/entry.html", 422 if faults else 200, home=HOME, kinds=KINDS, **values)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound("There is no such kind.")
    return KINDS[name]


def _filled(kind: Kind, entry: tables.Entry) -> dict[str, str]:
    filled: dict[str, str] = {}
    for field in kind.fields:
        filled |= field.type.form(entry[field.name], field.name)
    return filled


async def _typed(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _seen(filled: Mapping[str, str]) -> int:
    return int(filled["seen"]) if filled.get("seen", "").isdecimal() else 0

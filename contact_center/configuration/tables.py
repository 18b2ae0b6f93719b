"""Entries in their tables, as JSON by field."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.configuration.kinds import Field, Kind
from contact_center.database import Base

Entry = dict[str, Any]
"""An entry's fields, its key left aside, as JSON values."""


async def entry(session: AsyncSession, kind: Kind, code: str) -> Entry | None:
    """The entry of a code; None where there is none, or the code is none of that kind's."""
    if not _may_be_code(kind, code):
        return None
    return (await _read(session, kind, _is(kind, code))).get(code)


async def entries(session: AsyncSession, kind: Kind) -> dict[str, Entry]:
    """All entries of a kind by code, ordered by it."""
    return await _read(session, kind)


async def write(session: AsyncSession, kind: Kind, code: str, values: Entry | None) -> None:
    """Add, change or (None) remove an entry."""
    if values is None:
        await session.execute(delete(kind.table).where(_is(kind, code)))
        return
    fields = {field.name: field.type.stored(values[field.name]) for field in kind.fields}
    statement = insert(kind.table).values(**_key(kind, code), **fields)
    keys = [field.name for field in kind.key]
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=fields))


async def is_used(session: AsyncSession, kind: Kind, code: str) -> bool:
    """Whether anything in the database names the entry, by a foreign key or as the registry says."""
    naming: list[ColumnElement[Any]] = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is kind.table.__table__
    ]
    naming += [table.__table__.columns[name] for table, name in kind.named_by]
    for column in naming:  # a handful of tables, and only when something is to be removed
        if await session.scalar(select(exists().where(column == code))):
            return True
    return False


async def _read(session: AsyncSession, kind: Kind, *which: ColumnElement[bool]) -> dict[str, Entry]:
    columns = kind.table.__table__.columns
    listed: list[ColumnElement[Any]] = [columns[field.name] for field in (*kind.key, *kind.fields)]
    ordered = [columns[field.name] for field in kind.key]
    rows = await session.execute(select(*listed).where(*which).order_by(*ordered))
    return {_code(kind, row._asdict()): _entry(kind, row._asdict()) for row in rows}


def _code(kind: Kind, row: Mapping[str, Any]) -> str:
    return ":".join(str(field.type.plain(row[field.name])) for field in kind.key)


def _entry(kind: Kind, row: Mapping[str, Any]) -> Entry:
    return {field.name: field.type.plain(row[field.name]) for field in kind.fields}


def _parts(kind: Kind, code: str) -> list[tuple[Field, str]]:
    return list(zip(kind.key, code.split(":", len(kind.key) - 1), strict=True))


def _may_be_code(kind: Kind, code: str) -> bool:
    try:
        _key(kind, code)
    except ValueError:
        return False
    return True


def _key(kind: Kind, code: str) -> dict[str, Any]:
    return {field.name: field.type.stored(part) for field, part in _parts(kind, code)}


def _is(kind: Kind, code: str) -> ColumnElement[bool]:
    columns = kind.table.__table__.columns
    return and_(*(columns[name] == value for name, value in _key(kind, code).items()))

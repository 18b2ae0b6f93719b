"""Reads: the audit trail, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import AuditEntry
from contact_center.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries; an empty text and None let everything through.

    `who`: a username, a key's name, `system` or `command_line`; `action` as recorded; `subject`: what it was done to;
    `since` (inclusive), `until` (exclusive): aware.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def page(
    session: AsyncSession, wanted: Wanted, before: int | None = None, *, length: int = PAGE
) -> tuple[Sequence[AuditEntry], int | None]:
    """A page of entries older than the entry `before` (its id), and where the next page begins (None: nowhere).

    Raises `NotFound` where there is no entry `before`.
    """
    newest = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(length + 1)
    if before is not None:
        last = await session.get(AuditEntry, before)
        if last is None:
            raise NotFound("There is no such entry.")
        newest = newest.where(tuple_(AuditEntry.at, AuditEntry.id) < (last.at, last.id))
    found = (await session.scalars(newest.where(*_conditions(wanted)))).all()
    shown = found[:length]
    return shown, shown[-1].id if len(found) > length else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    who, subject = wanted.who.strip(), wanted.subject.strip()
    conditions: list[ColumnElement[bool]] = []
    if who:
        conditions.append(AuditEntry.actor.in_([f"account:{who.lower()}", f"key:{who}", who]))
    if wanted.action:
        conditions.append(AuditEntry.action == wanted.action)
    if subject:
        conditions.append(AuditEntry.subject.in_([subject, subject.lower()]))
    if wanted.since:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until:
        conditions.append(AuditEntry.at < wanted.until)
    return conditions

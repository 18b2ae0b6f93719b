"""What follows from a change beside the entry itself: deadlines of cases that are under way."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import Configuration
from contact_center.cases import calendar_changes


@dataclass(frozen=True)
class Written:
    """An entry as it was and as it is, as JSON by field; None: not there."""

    code: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


Follow = Callable[[AsyncSession, Configuration, Sequence[Written]], Awaitable[None]]
"""Given the configuration before the change and the entries of one kind that were written."""


async def nothing(session: AsyncSession, before: Configuration, written: Sequence[Written]) -> None:
    """Only what is filed from now on sees the difference."""


async def deadlines_over_days(session: AsyncSession, before: Configuration, written: Sequence[Written]) -> None:
    """Deadlines behind a day that was declared, or is no more."""
    for each in written:
        await calendar_changes.day_changed(session, date.fromisoformat(each.code), before.calendar)


async def deadlines_by_hours(session: AsyncSession, before: Configuration, written: Sequence[Written]) -> None:
    """All deadlines to come."""
    await calendar_changes.hours_changed(session, before.calendar)


async def escalations(session: AsyncSession, before: Configuration, written: Sequence[Written]) -> None:
    """Escalations of an agency whose per cents are others."""
    changed = [one.code for one in written if one.before and one.after and _differ(one.before, one.after)]
    if changed:
        await calendar_changes.escalations_changed(session, changed)


def _differ(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return bool(before["escalate_at"] != after["escalate_at"])

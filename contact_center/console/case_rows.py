"""A case as one row of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.queries import display_names
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.queries import working_calendar
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.console.moments import deadline, working_days_left
from contact_center.console.words import words

SOON = 1
"""Working days: a case with so many left, or fewer, is shown as urgent."""


@dataclass(frozen=True)
class Deadline:
    """A deadline in words; `state`: `late`, `soon`, `calm`, or `over` for a case that waits for nothing.

    `at` is None for a case that has none.
    """

    at: datetime | None
    words: str
    state: str


@dataclass(frozen=True)
class Row:
    """A case with its names in the reader's language."""

    case: Case
    category: str
    agency: str
    deadline: Deadline
    assignee: str | None
    """What the person is called who works on it."""


async def rows(session: AsyncSession, cases: Sequence[Case], catalogue: Catalogue, language: str) -> list[Row]:
    """The cases in the same order."""
    calendar = await working_calendar(session)
    names = await display_names(session, {case.assignee for case in cases if case.assignee})
    return [
        Row(
            case,
            catalogue.categories[case.category].name(language),
            catalogue.agencies[case.agency].name(language),
            deadline_of(case, calendar, language),
            names.get(case.assignee or ""),
        )
        for case in cases
    ]


def deadline_of(case: Case, calendar: WorkingCalendar, language: str) -> Deadline:
    """How a case stands to its deadline now."""
    if case.due_at is None:
        return Deadline(None, words("deadline.none", language), "over")
    if case.status not in OPEN:
        return Deadline(case.due_at, "", "over")
    if case.clock_stopped_at is not None and case.clock_stopped_at <= case.due_at:
        return Deadline(case.due_at, words("deadline.stopped", language), "calm")
    at = now()
    left, late = working_days_left(at, case.due_at, calendar), case.due_at < at
    state = "late" if late else "soon" if left <= SOON else "calm"
    return Deadline(case.due_at, deadline(left, late=late, language=language), state)

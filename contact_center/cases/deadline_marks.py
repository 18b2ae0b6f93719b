"""What is noted on the way to a deadline and after it: it comes near, it passes, and who hears of it. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import after

APPROACHING, BREACHED = "approaching", "breached"
LEVELS = ("officer", "supervisor", "head")
"""Who a case that is not answered goes to, one after the other, when the agency's `escalate_at` says so."""
_APPROACHES_AT, _BREACHED_AT = 80, 100


def marks_of(agency: AgencyEntry) -> Mapping[str, int]:
    """Per cent of the term at which each mark passes, the earliest first."""
    marks = {APPROACHING: _APPROACHES_AT, BREACHED: _BREACHED_AT, **dict(zip(LEVELS, agency.escalate_at, strict=True))}
    return dict(sorted(marks.items(), key=lambda mark: mark[1]))


def passes_at(percent: int, due_at: datetime, term: Term, calendar: WorkingCalendar) -> datetime:
    """When so many per cent of a term that ends at `due_at` have passed: aware, UTC, in working hours."""
    return due_at if percent == _BREACHED_AT else after(calendar, term.unit, due_at, term.share(percent - _BREACHED_AT))


def next_at(
    noted: Collection[str], due_at: datetime, term: Term, agency: AgencyEntry, calendar: WorkingCalendar
) -> datetime | None:
    """When the first mark passes that is not among the `noted` ones; None after the last."""
    left = (percent for mark, percent in marks_of(agency).items() if mark not in noted)
    return next((passes_at(percent, due_at, term, calendar) for percent in left), None)

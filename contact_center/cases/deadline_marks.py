"""What is noted on the way to a deadline and after it: it comes near, it passes, and who hears of it. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.term import Term
from contact_center.agencies.working_time import after

APPROACHING, BREACHED = "approaching", "breached"
LEVELS = ("officer", "supervisor", "head")
"""Who a case that is not answered goes to, one after the other, when the agency's `escalate_at` says so."""
_APPROACHES_AT, _BREACHED_AT = 80, 100


class Timing(NamedTuple):
    """What a case's marks are reckoned by; moments are aware."""

    term: Term
    due_at: datetime
    late_since: datetime
    """`due_at`, moved on by the time for which the clock stood still after it: what comes after it counts from here."""


def marks_of(agency: AgencyEntry) -> Mapping[str, int]:
    """Per cent of the term at which each mark passes, the earliest first."""
    marks = {APPROACHING: _APPROACHES_AT, BREACHED: _BREACHED_AT, **dict(zip(LEVELS, agency.escalate_at, strict=True))}
    return dict(sorted(marks.items(), key=lambda mark: mark[1]))


def passes_at(percent: int, timing: Timing, calendar: WorkingCalendar) -> datetime:
    """When so many per cent of a term have passed: aware, UTC, in working hours."""
    term, due_at, late_since = timing
    if percent == _BREACHED_AT:
        return due_at
    since = late_since if percent > _BREACHED_AT else due_at
    return after(calendar, term.unit, since, term.share(percent - _BREACHED_AT))


def next_at(noted: Collection[str], timing: Timing, agency: AgencyEntry, calendar: WorkingCalendar) -> datetime | None:
    """When the first mark passes that is not among the `noted` ones; None after the last."""
    left = (percent for mark, percent in marks_of(agency).items() if mark not in noted)
    return next((passes_at(percent, timing, calendar) for percent in left), None)

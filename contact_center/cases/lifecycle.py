"""The states of a case, the ways between them, who may take each, and what it does to the deadline's clock. Pure.

The database refuses what is not here (table `case_transitions`, migration 0009).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from contact_center.errors import Conflict


class Status(StrEnum):
    """Where a case stands; the values are those of the API and the command line."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    """The citizen owes an answer."""
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    """Handed to another agency, which has not taken it up yet."""
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


class Who(StrEnum):
    """Whose doing a transition is. The contact centre does for citizens what they may do themselves."""

    AGENCY = "agency"
    CITIZEN = "citizen"


class Clock(StrEnum):
    """What the deadline's clock does in a status. Between two statuses it is stopped, goes on, ends or begins anew."""

    RUNS = "runs"
    STOPPED = "stopped"
    ENDED = "ended"


CLOCK: Mapping[Status, Clock] = {
    Status.RECEIVED: Clock.RUNS,
    Status.ASSIGNED: Clock.RUNS,
    Status.IN_PROGRESS: Clock.RUNS,
    Status.WAITING: Clock.STOPPED,
    Status.ANSWERED: Clock.ENDED,
    Status.CLOSED: Clock.ENDED,
    Status.REOPENED: Clock.RUNS,
    Status.TRANSFERRED: Clock.RUNS,
    Status.WITHDRAWN: Clock.ENDED,
    Status.DUPLICATE: Clock.ENDED,
}
OPEN = frozenset(status for status, clock in CLOCK.items() if clock != Clock.ENDED)
"""Statuses in which the citizen still waits for something."""


@dataclass(frozen=True)
class Transition:
    """Ways from each of `before` to `after`."""

    before: frozenset[Status]
    after: Status
    by: frozenset[Who]
    needs: str | None = None
    """What has to come with it, so that setting the status alone does not do: a `reply`, an `agency`, a `case`."""


_AGENCY, _CITIZEN, _EITHER = frozenset({Who.AGENCY}), frozenset({Who.CITIZEN}), frozenset(Who)
_ANSWERED = frozenset({Status.ANSWERED})

LIFE = (
    # Reassigning an assigned case, passing on a transferred one, and a fuller answer after an answer, are steps too.
    Transition(OPEN, Status.ASSIGNED, _AGENCY),
    Transition(OPEN - {Status.IN_PROGRESS}, Status.IN_PROGRESS, _AGENCY),
    Transition(OPEN - {Status.WAITING}, Status.WAITING, _AGENCY),
    Transition(OPEN | _ANSWERED, Status.ANSWERED, _AGENCY, needs="reply"),
    Transition(OPEN | _ANSWERED, Status.CLOSED, _AGENCY),
    Transition(OPEN, Status.TRANSFERRED, _AGENCY, needs="agency"),
    Transition(OPEN, Status.DUPLICATE, _AGENCY, needs="case"),
    Transition(OPEN | _ANSWERED, Status.WITHDRAWN, _CITIZEN),
    Transition(frozenset(Status) - OPEN, Status.REOPENED, _EITHER),
)
"""A case's life. One way from a status to another stands in one line only. An answer of the citizen's to what the
agency asked brings the case back to work by itself (`aftercare.add_information`)."""

TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    status: frozenset(way.after for way in LIFE if status in way.before) for status in Status
}


def check(before: str, after: str) -> Status:
    """`after` as a status, if a case may go there from `before`; raises `Conflict` if it may not."""
    if after not in TRANSITIONS[Status(before)]:
        raise Conflict(f"A case that is {before} cannot become {after}.", before=before, after=after)
    return Status(after)


def set_by_hand(who: Who) -> frozenset[Status]:
    """The statuses that `who` may set without anything else."""
    return frozenset(way.after for way in LIFE if who in way.by and way.needs is None)

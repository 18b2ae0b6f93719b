"""The states of a case and the ways between them. Pure."""

from collections.abc import Mapping
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


_ENDS = {Status.ANSWERED, Status.CLOSED, Status.WITHDRAWN, Status.DUPLICATE}
_FROM_ANY_OPEN = {Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING, Status.TRANSFERRED, *_ENDS}

TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset(_FROM_ANY_OPEN),
    Status.ASSIGNED: frozenset(_FROM_ANY_OPEN),
    Status.IN_PROGRESS: frozenset(_FROM_ANY_OPEN - {Status.IN_PROGRESS}),
    Status.WAITING: frozenset(_FROM_ANY_OPEN - {Status.WAITING}),
    Status.TRANSFERRED: frozenset(_FROM_ANY_OPEN),
    Status.REOPENED: frozenset(_FROM_ANY_OPEN),
    # An answer may be followed by a fuller one.
    Status.ANSWERED: frozenset({Status.ANSWERED, Status.CLOSED, Status.REOPENED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset({Status.REOPENED}),
    Status.WITHDRAWN: frozenset({Status.REOPENED}),
    Status.DUPLICATE: frozenset({Status.REOPENED}),
}
"""Reassigning an assigned case and passing on a transferred one are steps of their own; the rest go somewhere else."""

OPEN = frozenset(Status) - _ENDS
"""Statuses in which the citizen still waits for something."""


def check(before: str, after: str) -> Status:
    """`after` as a status, if a case may go there from `before`; raises `Conflict` if it may not."""
    if after not in TRANSITIONS[Status(before)]:
        raise Conflict(f"A case that is {before} cannot become {after}.", before=before, after=after)
    return Status(after)

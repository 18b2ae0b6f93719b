"""What becomes of a suggestion, and which outcome may follow which. Pure.

The first comes with the answer. One that is still open (being studied, or accepted and to be carried out) goes on
later, and the person is told each time; a suggestion that is reopened is judged anew.
"""

from collections.abc import Mapping
from enum import StrEnum

from contact_center.cases.kinds import SUGGESTION
from contact_center.cases.models import Case
from contact_center.errors import Conflict, InvalidInput


class Outcome(StrEnum):
    """The values are those of the API and the command line."""

    ACCEPTED = "accepted"
    UNDER_STUDY = "under_study"
    NOT_POSSIBLE = "not_possible"
    DONE = "done"


class OutcomeNeeded(InvalidInput):
    """A suggestion was to be answered without one."""

    code = "outcome_needed"


STEPS: Mapping[Outcome | None, frozenset[Outcome]] = {
    None: frozenset(Outcome),
    Outcome.UNDER_STUDY: frozenset({Outcome.ACCEPTED, Outcome.NOT_POSSIBLE, Outcome.DONE}),
    Outcome.ACCEPTED: frozenset({Outcome.DONE, Outcome.NOT_POSSIBLE}),
    Outcome.NOT_POSSIBLE: frozenset(),
    Outcome.DONE: frozenset(),
}
"""Where each outcome may lead; None: there is none yet."""


def outcome_of(case: Case) -> Outcome | None:
    """Its outcome so far."""
    return Outcome(case.outcome) if case.outcome else None


def steps_of(case: Case) -> list[Outcome]:
    """Where a suggestion may go from here, in the order of `Outcome`; [] for any other case."""
    return [outcome for outcome in Outcome if case.type == SUGGESTION and outcome in STEPS[outcome_of(case)]]


def check(case: Case, outcome: str, *, again: bool = False) -> Outcome:
    """`outcome` as one, if the case may have it now; the one that it has already only `again`.

    Raises `InvalidInput` for another kind of case and for what is no outcome, `Conflict` where it may not follow the
    one before.
    """
    if case.type != SUGGESTION:
        raise InvalidInput("Only a suggestion has an outcome.", type=case.type)
    if outcome not in set(Outcome):
        raise InvalidInput(f"There is no outcome {outcome!r}.", outcome=outcome)
    if outcome not in STEPS[outcome_of(case)] and not (again and outcome == case.outcome):
        raise Conflict(f"A suggestion that is {case.outcome} does not become {outcome}.", before=case.outcome)
    return Outcome(outcome)

"""Simulated citizens file their cases on the real system: what must show, asserted over every reply that they hear."""

from collections.abc import AsyncIterator, Sequence

import pytest

from tests.e2e.system import System, running_anew
from tests.simulation.report import completion, failures, median_turns
from tests.simulation.run import Outcome, simulate

SEED = 4
FEW, MANY = 40, 200
LEAST_FILED = 0.99
MOST_TURNS_WITH_FACTS, MOST_TURNS = 7, 10


@pytest.fixture(scope="module")
async def system() -> AsyncIterator[System]:
    """A system of their own: they are told apart from nobody else's cases."""
    async with running_anew() as system:
        yield system


@pytest.mark.timeout(400, func_only=True)
async def test_forty_citizens(system: System) -> None:
    _judge(await simulate(system, FEW, SEED))


@pytest.mark.slow
@pytest.mark.timeout(1500, func_only=True)
async def test_two_hundred_citizens(system: System) -> None:
    _judge(await simulate(system, MANY, SEED + 1))


def _judge(outcomes: Sequence[Outcome]) -> None:
    wrong = "\n".join(failures(outcome) for outcome in outcomes if not outcome.is_well)
    assert completion(outcomes) >= LEAST_FILED, wrong
    assert [outcome.number for outcome in outcomes if outcome.wrong or outcome.findings] == [], wrong
    assert median_turns(outcomes, held_the_facts=True) <= MOST_TURNS_WITH_FACTS
    assert median_turns(outcomes, held_the_facts=False) <= MOST_TURNS

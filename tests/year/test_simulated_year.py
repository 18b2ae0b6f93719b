"""A small year, carried out by the service on a real PostgreSQL and held against the slow model; a check that sees."""

import asyncio
import dataclasses
from datetime import timedelta

import pytest

from tests.year.check import Check
from tests.year.driver import Log, carry_out
from tests.year.own_database import year_database
from tests.year.script import Act, Year
from tests.year.year import make

CASES, SEED, STEP_MINUTES = 300, 11, 240
A_DAY = timedelta(days=1)
_RARE = (21, 28)
"""Complaints for municipalities, by Telegram."""


@pytest.fixture(scope="module")
def lived(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, list[Log], str]:
    """A year of 300 cases, what the processes found, and the database."""
    url = asyncio.run(year_database(postgres))
    year = make(CASES, SEED, STEP_MINUTES)
    _add_what_is_rare(year)
    return year, carry_out(year, url, tmp_path_factory.mktemp("year"), 2), url


def _add_what_is_rare(year: Year) -> None:
    """What 90,000 cases do a few times: sent on and then to another category of the same agency; something added that
    was not meant as the answer that was owed."""
    twice, added = (plan for plan in year.plans if plan.number in _RARE)
    twice.acts[:] = [
        Act(twice.filed_at + A_DAY, "transfer", category="drain.sewage-connection"),
        Act(twice.filed_at + 2 * A_DAY, "transfer", category="road.pothole"),
    ]
    added.acts[:] = [Act(added.filed_at + A_DAY, "ask"), Act(added.filed_at + 2 * A_DAY, "add")]


def test_service_and_model_agree(lived: tuple[Year, list[Log], str]) -> None:
    """On every deadline, pause, mark, escalation and message."""
    assert list(Check(*lived).differences()) == []


def test_the_year_holds_what_it_is_for(lived: tuple[Year, list[Log], str]) -> None:
    """Nearly all is answered in time; everything that can be done was done, and refused, at least once."""
    year, logs, url = lived
    check = Check(year, logs, url)
    in_time = [seen.in_time for case in check.cases for seen in case.seen if seen.in_time is not None]
    done = {plan.acts[number].do for plan in year.plans for number in range(len(plan.acts))}
    assert 0.9 < sum(in_time) / len(in_time) < 0.99
    assert {"ask", "answer", "transfer", "interim", "reopen", "withdraw", "rate", "join", "close"} <= done
    assert any(found.refused for found in check.found.values())
    assert {mark.name for case in check.cases for mark in case.clock.marks} == {
        "approaching", "breached", "officer", "supervisor", "head",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", ["later", "other term", "sooner declared"])
def test_a_wrong_rule_is_seen(lived: tuple[Year, list[Log], str], wrong: str) -> None:
    """The same year beside a model that is told something else differs."""
    year, logs, url = lived
    if wrong == "later":
        plans = [dataclasses.replace(plan, filed_at=plan.filed_at + timedelta(days=1)) for plan in year.plans[:50]]
        other = dataclasses.replace(year, plans=[*plans, *year.plans[50:]])
    elif wrong == "other term":
        plans = [dataclasses.replace(plan, category="other.unclear") for plan in year.plans[:50]]
        other = dataclasses.replace(year, plans=[*plans, *year.plans[50:]])
    else:
        other = dataclasses.replace(year, declarations=year.declarations[1:])
    assert next(Check(other, logs, url).differences(), None) is not None

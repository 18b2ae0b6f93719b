"""Many simulated citizens on a running system, several at once, and what came of each."""

import argparse
import asyncio
import contextlib
import random
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.e2e import lines
from tests.e2e.caller import Caller
from tests.e2e.lines import Line
from tests.e2e.system import System, running_anew
from tests.simulation.citizen import Citizen, Stuck
from tests.simulation.judging import wrong_fields
from tests.simulation.people import Someone, people
from tests.simulation.report import failures, figures

CHANNELS = ("telegram", "whatsapp", "sms", "webchat", "call_center")
AT_ONCE = 6
_OTHERS_KNOWN = 5


@dataclass
class Outcome:
    """One conversation. `reference` is None where no case was filed, `trouble` then says why."""

    number: int
    channel: str
    someone: Someone
    opens: str
    held_the_facts: bool
    turns: int
    reference: str | None
    trouble: str
    findings: list[str]
    transcript: str
    citizen: Citizen
    wrong: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Filed, rightly, and nothing said that must not be said."""
        return self.reference is not None and not self.wrong and not self.findings


async def simulate(
    system: System, cases: int, seed: int, say: Callable[[str], None] = lambda _: None, only: int | None = None
) -> list[Outcome]:
    """File this many cases; who speaks, where and how is settled by the seed."""
    gate, others = asyncio.Semaphore(AT_ONCE), list[str]()

    async def one(number: int) -> Outcome:
        async with gate:
            outcome = await _conversation(system, seed, number, others)
            if outcome.reference and len(others) < _OTHERS_KNOWN:
                others.append(outcome.reference)
            say(f"{number + 1:>4} {outcome.channel:<11} {outcome.someone.name}: {outcome.reference or outcome.trouble}")
            return outcome

    numbers = range(cases) if only is None else [only - 1]
    outcomes = list(await asyncio.gather(*map(one, numbers)))
    filed = {case["reference"]: case for case in await system.cases()}
    for outcome in outcomes:
        if outcome.reference:
            outcome.wrong = wrong_fields(outcome.citizen, filed[outcome.reference])
    return outcomes


async def _conversation(system: System, seed: int, number: int, others: list[str]) -> Outcome:
    chance = random.Random(f"{seed}:{number}")
    everybody = people()
    order = random.Random(seed).sample(range(len(everybody)), len(everybody))
    someone = everybody[order[number % len(everybody)]]
    channel = CHANNELS[(number + number // len(everybody)) % len(CHANNELS)]
    async with _line(system, channel, someone) as (line, phone):
        citizen = Citizen(system, line, someone, chance, others, phone)
        reference, trouble = None, ""
        try:
            reference = await citizen.files()
        except Stuck as stuck:
            trouble = str(stuck)
        return Outcome(
            number + 1, channel, someone, citizen.mood.opens, citizen.first_held_the_facts, citizen.turns, reference,
            trouble, citizen.watch.findings, citizen.transcript, citizen,
        )  # fmt: skip


@contextlib.asynccontextmanager
async def _line(system: System, channel: str, someone: Someone) -> AsyncIterator[tuple[Line, str]]:
    phone = lines.new_phone()
    if channel == "webchat":
        async with lines.webchat(system) as line:
            yield line, phone
        return
    citizen: Any
    if channel == "telegram":
        citizen = system.telegram.citizen(someone.name)
        yield Line(channel, str(citizen.id), citizen), phone
    elif channel == "call_center":
        citizen = await Caller.rings(system.http, system.url, system.api, phone)
        yield Line(channel, citizen.address, citizen), phone
    else:
        citizen = system.twilio.citizen(phone, channel=channel, name=someone.name)
        yield Line(channel, phone, citizen), phone


async def main() -> int:
    """Run it and print it all; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of the one conversation to hold")
    wanted = parser.parse_args()
    _print("Starting a system of its own …")
    async with running_anew() as system:
        began = time.monotonic()
        outcomes = await simulate(system, wanted.cases, wanted.seed, _print, wanted.only)
        seconds = time.monotonic() - began
    for outcome in outcomes:
        if wanted.only or not outcome.is_well:
            _print(failures(outcome))
    _print(figures(outcomes) + f"\n{seconds:.0f} s")
    return int(not all(outcome.is_well for outcome in outcomes))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

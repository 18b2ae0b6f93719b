"""Our side: from Telegram's webhook to the reply at the Bot API, through the whole running system."""

import re
import time

import psutil

from benchmarks.turns.conversation import Turn, held_once
from benchmarks.turns.measuring import Measured, measure
from tests.e2e import lines
from tests.e2e.person import REFERENCE
from tests.e2e.system import System, running_anew

MEGABYTE = 1_000_000


async def measured() -> tuple[Measured, list[Turn]]:
    """Start a system of our own and measure it; also the conversation that was held."""
    async with running_anew() as system:
        turns = await held_once(system)
        median, p95, per_second = await measure(lambda: _talk(system, turns))
        memory = _memory(system.supervised("assistant")) / MEGABYTE
        line = await system.said("assistant is ready")
    ready = re.search(r"after ([\d.]+) s", line)
    return Measured(median, p95, per_second, memory, float(ready[1]) if ready else 0.0), turns


async def _talk(system: System, turns: list[Turn]) -> list[float]:
    citizen = lines.telegram(system).citizen
    took = []
    for turn in turns:
        started = time.perf_counter()
        await citizen.says(turn.says)
        for _ in turn.answers:
            heard = await citizen.hears(60)
        took.append(time.perf_counter() - started)
    if not REFERENCE.search(heard.text):
        raise RuntimeError(f"the conversation did not end in a case but in «{heard.text}»")
    return took


def _memory(process: psutil.Process) -> int:
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))

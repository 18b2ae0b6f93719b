"""What is measured, and how it is shown."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

PEOPLE = 16
ROUNDS_ALONE = 12
ROUNDS_TOGETHER = 3

Talk = Callable[[], Awaitable[list[float]]]
"""Holds one whole conversation as a new person; the seconds that each answer took."""


@dataclass(frozen=True)
class Measured:
    """One system's figures. Seconds, messages per second, megabytes (resident) of the assistant's process."""

    median: float
    p95: float
    per_second: float
    memory: float
    ready: float


async def measure(talk: Talk) -> tuple[float, float, float]:
    """Median and 95th percentile with one person alone, then messages per second with many at once."""
    await talk()  # connections, caches
    alone = [seconds for _ in range(ROUNDS_ALONE) for seconds in await talk()]
    started = time.perf_counter()
    together = await asyncio.gather(*(_rounds(talk) for _ in range(PEOPLE)))
    per_second = sum(together) / (time.perf_counter() - started)
    return statistics.median(alone), _percentile(alone, 95), per_second


async def _rounds(talk: Talk) -> int:
    return sum([len(await talk()) for _ in range(ROUNDS_TOGETHER)])


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(ours: Measured, stock: Measured) -> str:
    """Both side by side; the ratio says how many times better ours is."""
    rows = [
        ("median, one person (ms)", 1000 * ours.median, 1000 * stock.median, stock.median / ours.median),
        ("95th percentile (ms)", 1000 * ours.p95, 1000 * stock.p95, stock.p95 / ours.p95),
        (f"messages a second, {PEOPLE} people", ours.per_second, stock.per_second, ours.per_second / stock.per_second),
        ("the assistant's memory (MB)", ours.memory, stock.memory, stock.memory / ours.memory),
        ("the assistant's start (s)", ours.ready, stock.ready, stock.ready / ours.ready),
    ]
    head = f"{'':<32}{'Tawasul':>10}{'default Rasa':>15}{'ratio':>9}"
    return "\n".join([head, *(f"{name:<32}{a:>10.1f}{b:>15.1f}{ratio:>8.1f}×" for name, a, b, ratio in rows)])

"""Fill a database of its own, ask it, and print the times and the plan of what took longest."""

import argparse
import asyncio
import os

from sqlalchemy import text

from benchmarks.country.cases import Country
from benchmarks.country.server import filled
from benchmarks.duplicates.asked import Asked, Kinds, Took, measured
from contact_center.cases.nearby import candidates
from contact_center.database import Database

GOAL = 50
"""Milliseconds."""


async def ask(url: str, country: Country) -> None:
    """Print a line for each kind, then the plan of the slowest."""
    database = Database(url)
    head = f"{'':<34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'found of 200':>14}"
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n{head}", flush=True)
    slowest: Took | None = None
    for name, make in Kinds(country).all().items():
        took = await measured(database, make)
        print(f"{name:<34}{took.median:>9.1f}{took.p95:>9.1f}{took.longest:>9.1f}{took.found:>14}", flush=True)
        slowest = took if slowest is None or took.p95 > slowest.p95 else slowest
    if slowest is not None:
        print(f"\n{'All below' if slowest.p95 < GOAL else 'NOT below'} {GOAL} ms at the 95th percentile. The slowest:")
        print(await plan(database, slowest.slowest))
    await database.close()


async def plan(database: Database, asked: Asked) -> str:
    """How the database finds the candidates, as it says itself."""
    async with database.transaction() as session:
        statement = candidates(asked.draft, asked.identities)
        written = statement.compile(session.bind, compile_kwargs={"literal_binds": True})
        rows = await session.scalars(text(f"EXPLAIN (ANALYZE, BUFFERS) {written}".replace(":", r"\:")))
        return "\n".join(rows)


def main() -> None:
    """Everything in one run."""
    arguments = argparse.ArgumentParser(prog="benchmarks.duplicates")
    arguments.add_argument("--cases", type=int, default=1_000_000)
    with filled(arguments.parse_args().cases) as (url, country):
        asyncio.run(ask(url, country))


if __name__ == "__main__":
    main()

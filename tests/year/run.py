"""The simulated year from the command line: made, carried out on a PostgreSQL of its own, checked, reported."""

import argparse
import asyncio
import tempfile
import time
from itertools import islice
from pathlib import Path

from tests.own_postgres import own_postgres
from tests.year.check import Check
from tests.year.driver import carry_out
from tests.year.own_database import year_database
from tests.year.report import report
from tests.year.script import Year
from tests.year.year import make

SHOWN = 20
"""How many differences are shown; all are counted."""


def main() -> int:
    """1 where service and model differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--cases", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--step", type=int, default=30, help="every how many minutes of the year deadlines are looked after"
    )
    given = parser.parse_args()
    with own_postgres() as url, tempfile.TemporaryDirectory(prefix="tawasul-year-") as directory:
        return simulate(make(given.cases, given.seed, given.step), given.processes, url, Path(directory))


def simulate(year: Year, processes: int, server: str, directory: Path) -> int:
    """Carry a year out on the server at `server`, say what came of it, and return 1 where that is wrong."""
    url = asyncio.run(year_database(server))
    begun = time.monotonic()
    logs = carry_out(year, url, directory, processes)
    took = time.monotonic() - begun
    check = Check(year, logs, url)
    differences = check.differences()
    shown = list(islice(differences, SHOWN))
    more = sum(1 for _ in differences)
    print("\n".join(shown))  # noqa: T201
    print(report(check, logs, url, took, processes))  # noqa: T201
    print(f"{len(shown) + more} differences between the service and the model")  # noqa: T201
    return 1 if shown else 0

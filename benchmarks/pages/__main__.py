"""Fill a database of its own, open each page as somebody of each role, and print times and weights."""

import argparse
import asyncio
import itertools
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from pydantic import SecretStr
from sqlalchemy import select

from benchmarks.country.server import filled
from benchmarks.pages.life import add_conversations, add_in_bulk, sign_in
from benchmarks.pages.people import Desk
from contact_center.api.dependencies import staff_cookie
from contact_center.app import create_app
from contact_center.cases.models import Case
from contact_center.citizens.models import ChannelIdentity
from contact_center.database import Database
from contact_center.settings import Settings

ROUNDS = 60
GOAL_MS, GOAL_KB = 60, 300
_GOOD = (200, 303)
"""Whoever is found alone is led to: that page is measured by itself."""
ORIGIN = "http://desk.test"


@dataclass(frozen=True)
class Took:
    """Milliseconds of one page as one role, and its compressed size in bytes."""

    median: float
    p95: float
    longest: float
    bytes: int


async def measure(url: str) -> bool:
    """Print a line for each role and page, and what a first visit loads; whether all is below the goals."""
    with tempfile.TemporaryDirectory(prefix="tawasul-") as directory:
        settings = Settings(_env_file=None, database_url=SecretStr(url), data_dir=Path(directory))
        app = create_app(settings)
        async with app.router.lifespan_context(app):
            database: Database = app.state.database
            await add_conversations(database)
            desks = await sign_in(database)
            print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
            print(f"{'':<52}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'KB':>8}", flush=True)
            slowest = 0.0
            for desk in desks:
                headers = {"Cookie": f"{staff_cookie(settings)}={desk.token}", "Accept": "text/html"}
                transport = httpx.ASGITransport(app)
                async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as browser:
                    slowest = max(slowest, await _all_of(browser, desk, database))
                    weight = await _first_visit(browser)
    print(f"\nslowest page: {slowest:.0f} ms at the 95th percentile (goal: {GOAL_MS})")
    print(f"first visit: {weight / 1000:.0f} KB compressed (goal: {GOAL_KB})")
    return slowest <= GOAL_MS and weight <= GOAL_KB * 1000


async def _all_of(browser: httpx.AsyncClient, desk: Desk, database: Database) -> float:
    cases = itertools.cycle(await _cases_of(database, desk))
    slowest = 0.0
    for page in desk.pages():
        took = await _opened(browser, page, cases)
        slowest = max(slowest, took.p95)
        name = f"{desk.role}: {page}"
        print(f"{name:<52}{took.median:>9.1f}{took.p95:>9.1f}{took.longest:>9.1f}{took.bytes / 1000:>8.1f}", flush=True)
    return slowest


async def _opened(browser: httpx.AsyncClient, page: str, cases: Iterator[dict[str, str]]) -> Took:
    times, size = [], 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        async with browser.stream("GET", f"/console{page.format(**next(cases))}") as answer:
            size = sum([len(part) async for part in answer.aiter_raw()])
            assert answer.status_code in _GOOD, f"{page}: {answer.status_code}"
        times.append(1000 * (time.perf_counter() - started))
    times = times[1:]  # the first compiles the template
    p95 = statistics.quantiles(times, n=100, method="inclusive")[94]
    return Took(statistics.median(times), p95, max(times), size)


async def _first_visit(browser: httpx.AsyncClient) -> int:
    """Bytes of the list of cases with all that it loads, fonts too, as they come over the wire."""
    text = (await browser.get("/console/cases")).text
    files = set(re.findall(r'(?:src|href)="(/console/static/[^"]+)"', text))
    for sheet in [file for file in files if file.endswith(".css")]:
        loaded = re.findall(r'url\("([^"]+)"\)', (await browser.get(sheet)).text)
        files |= {f"{sheet.rsplit('/', 1)[0]}/{name}" for name in loaded}
    total = 0
    for address in ("/console/cases", *files):
        async with browser.stream("GET", address) as answer:
            total += sum([len(part) async for part in answer.aiter_raw()])
    return total


async def _cases_of(database: Database, desk: Desk) -> list[dict[str, str]]:
    """What stands in the addresses of pages: see `Desk.pages`."""
    mine = Case.conversation_id.is_not(None) if desk.agency != "iga" else Case.agency == "iga"
    about = (Case.reference, ChannelIdentity.citizen_id, ChannelIdentity.verified_phone, Case.conversation_id)
    wanted = select(*about).outerjoin(ChannelIdentity, ChannelIdentity.id == Case.identity_id).where(mine)
    async with database.transaction() as session:
        found = await session.execute(wanted.limit(ROUNDS))
        names = ("case", "citizen", "phone", "conversation")
        return [{name: quote(str(value)) for name, value in zip(names, row, strict=True)} for row in found]


def main() -> None:
    """Everything in one run; 1 where a goal is missed."""
    arguments = argparse.ArgumentParser(prog="benchmarks.pages")
    arguments.add_argument("--cases", type=int, default=1_000_000)
    with filled(arguments.parse_args().cases) as (url, _):
        add_in_bulk(url)
        good = asyncio.run(measure(url))
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()

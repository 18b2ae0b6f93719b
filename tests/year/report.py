"""What the simulated year came to, for people to read."""

from collections import Counter, defaultdict

import psycopg

from tests.year.check import Check
from tests.year.driver import Log

_LARGEST_TABLES = 8
_AGENCIES_SHOWN = 60


def report(check: Check, logs: list[Log], url: str, took: float, processes: int) -> str:
    """Wall time, size of the database, answers in time by agency, and how much of each there was."""
    cases = len(check.cases)
    lines = [
        f"{cases} cases in {took:.0f} s with {processes} processes: {cases / took:.0f} a second,"
        f" {len(check.found) / took:.0f} acts a second, {sum(log.noted for log in logs)} marks noted"
    ]
    with psycopg.connect(url) as connection:
        return "\n".join([*lines, *_sizes(connection), *_events(connection), *_in_time(check)])


def _sizes(connection: psycopg.Connection) -> list[str]:
    size = "SELECT pg_size_pretty(pg_database_size(current_database()))"
    tables = (
        "SELECT relname, pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " ORDER BY pg_total_relation_size(oid) DESC LIMIT %s"
    )
    largest = connection.execute(tables, [_LARGEST_TABLES]).fetchall()
    return [
        f"database: {connection.execute(size).fetchone()[0]}",
        *(f"  {name}: {pretty}" for name, pretty in largest),
    ]


def _events(connection: psycopg.Connection) -> list[str]:
    counted = connection.execute("SELECT kind, count(*) FROM case_events GROUP BY kind ORDER BY 2 DESC").fetchall()
    sent = connection.execute(
        "SELECT split_part(dedupe_key, ':', 1), count(*) FROM outbox_messages GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    return [
        "events: " + ", ".join(f"{number} {kind}" for kind, number in counted),
        "messages: " + ", ".join(f"{number} {kind}" for kind, number in sent),
    ]


def _in_time(check: Check) -> list[str]:
    """Of the first answers to each deadline: which share came in time."""
    by_agency: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in check.cases:
        for seen in case.seen:
            if seen.in_time is not None:
                by_agency[seen.agency][seen.in_time] += 1
    answers = sum(counted.total() for counted in by_agency.values())
    in_time = sum(counted[True] for counted in by_agency.values())
    lines = [f"answered in time: {in_time / answers:.1%} of {answers}, at {len(by_agency)} agencies"]
    for agency, counted in sorted(by_agency.items(), key=lambda each: each[1][True] / each[1].total()):
        lines.append(f"  {agency}: {counted[True] / counted.total():.1%} of {counted.total()}")
    return lines[:_AGENCIES_SHOWN]

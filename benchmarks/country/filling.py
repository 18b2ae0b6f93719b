"""Puts the cases into a database, by COPY."""

from functools import cache
from uuid import UUID, uuid4

import psycopg
from stdnum import verhoeff

from benchmarks.country.cases import Country, Filed
from contact_center.agencies.catalogue import catalogue
from contact_center.cases.reference import Reference
from contact_center.cases.search import search_text
from contact_center.cases.wording import signature

PEOPLE = 200_000
_COLUMNS = (
    "id", "reference", "type", "category", "agency", "description", "governorate", "area", "block", "road",
    "lat", "lon", "channel", "language", "status", "created_at", "term", "due_at", "identity_id",
    "search_text", "wording",
)  # fmt: skip


def people(connection: psycopg.Connection) -> list[UUID]:
    """So many people with a channel identity each."""
    connection.execute(
        "WITH made AS (INSERT INTO citizens (id, language, created_at) "
        "SELECT gen_random_uuid(), 'ar', now() FROM generate_series(1, %s) RETURNING id) "
        "INSERT INTO channel_identities (id, citizen_id, channel, address) "
        "SELECT id, id, 'telegram', id::text FROM made",
        [PEOPLE],
    )
    return [row[0] for row in connection.execute("SELECT id FROM channel_identities")]


def fill(connection: psycopg.Connection, country: Country, count: int) -> None:
    """Store so many cases and let the planner know them."""
    known = catalogue()
    agencies = {
        code: entry.agency if entry.agency in known.agencies else known.fallback_agency
        for code, entry in known.categories.items()
    }
    with connection.cursor().copy(f"COPY cases ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for number, case in enumerate(country.cases(count)):
            copy.write_row(_row(number, case, agencies))
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE cases")


def _row(number: int, case: Filed, agencies: dict[str, str]) -> tuple[object, ...]:
    reference = _reference(number)
    return (
        uuid4(), reference, "complaint", case.category, agencies[case.category], case.description,
        case.governorate, case.area, case.block, case.road,
        case.lat, case.lon, "telegram", "ar", case.status, case.at, "7", case.at, case.identity,
        f"{reference} {_searched(case.description)}", _wording(case.description),
    )  # fmt: skip


def _reference(number: int) -> str:
    """One that can be asked for; none twice."""
    start = f"{25 + number // 10**7:02}{number % 10**7:07}"
    return Reference(start + verhoeff.calc_check_digit(start)).display


@cache
def _searched(description: str) -> str:
    return search_text("", description)


@cache
def _wording(description: str) -> str:
    return signature(description)

"""docs/privacy.md says of every column that may hold text what becomes of it when a person is erased."""

import re
from pathlib import Path

from sqlalchemy import Float, String, Table
from sqlalchemy.dialects.postgresql import BIT, JSONB

from contact_center.tables import METADATA

PAGE = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("### What goes and what stays")[2].partition("### What erasure")[0]
ROWS = {
    row[0].strip("`"): row[1:]
    for line in SECTION.splitlines()
    if line.startswith("| `")
    for row in [[cell.strip() for cell in line.strip("|").split("|")]]
}
NOTHING_THERE = set(re.findall(r"`(\w+)`", SECTION.partition("Of citizens these hold nothing:")[2]))
SAYS = (String, JSONB, Float, BIT)
"""Types of columns that may tell something of a person; moments and ids tell nothing by themselves."""


def telling(table: Table) -> set[str]:
    return {column.name for column in table.columns if isinstance(column.type, SAYS)}


def named(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


def test_every_table_is_named_once() -> None:
    assert set(METADATA.tables) == {name.strip() for name in ROWS} | NOTHING_THERE
    assert not NOTHING_THERE & set(ROWS)


def test_of_every_column_it_is_said_whether_it_goes_or_stays() -> None:
    for name, (goes, stays) in ROWS.items():
        table = METADATA.tables[name]
        assert not named(goes) & named(stays), name
        assert (named(goes) | named(stays)) <= set(table.columns.keys()), name
        if not goes.startswith("the row"):
            assert telling(table) - named(goes) - named(stays) == set(), name

"""`tawasul catalogue`: out as a file, changed, tried, and back in, all or nothing."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import Result

from contact_center.agencies.catalogue import catalogue, parse
from contact_center.errors import InvalidInput

Tawasul = Callable[..., Result]


@pytest.fixture
def file(tawasul: Tawasul, tmp_path: Path) -> Path:
    """The catalogue as it is exported."""
    written = tmp_path / "catalogue.yml"
    assert tawasul("catalogue", "export", str(written)).exit_code == 0
    return written


def edited(file: Path, old: str, new: str) -> str:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(file)


def changes(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        found = connection.execute("SELECT count(*) FROM configuration_changes").fetchone()
    assert found is not None
    return int(found[0])


def test_what_is_exported_is_the_catalogue_and_changes_nothing(tawasul: Tawasul, file: Path, database_url: str) -> None:
    assert tawasul("catalogue", "export").stdout == file.read_text(encoding="utf-8")
    assert parse(file.read_text(encoding="utf-8")) == catalogue()
    assert tawasul("catalogue", "import", str(file)).stdout == "0 changed.\n"
    assert changes(database_url) == 0


def test_what_would_change_is_printed_and_then_changed(tawasul: Tawasul, file: Path, database_url: str) -> None:
    path = edited(file, "Ministry of Works, 10", "Ministry of Works, 12h")
    told = "agency works (Ministry of Works): changed\n  Time for an answer: 10 working days → 12 working hours\n"
    assert tawasul("catalogue", "import", path, "--dry-run").stdout == f"{told}1 would change.\n"
    assert changes(database_url) == 0
    assert tawasul("catalogue", "import", path).stdout == f"{told}1 changed.\n"
    assert changes(database_url) == 1
    assert "Ministry of Works, 12h" in tawasul("catalogue", "export").stdout


def test_a_file_that_contradicts_itself_changes_nothing(tawasul: Tawasul, file: Path, database_url: str) -> None:
    edited(file, "Ministry of Works, 10", "Ministry of Works, 12h")
    refused = tawasul("catalogue", "import", edited(file, "required, 7]", "perhaps, 7]"))
    assert isinstance(refused.exception, InvalidInput)
    assert "Categories \u2066road.pothole\u2069 – Place: “perhaps” is no rule for the place." in str(refused.exception)
    assert changes(database_url) == 0

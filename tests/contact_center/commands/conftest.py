"""The command line on this test's own database, in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contact_center.cli import cli
from contact_center.settings import get_settings

Tawasul = Callable[..., Result]


@pytest.fixture
def settled(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings as an operator has them, in the environment."""
    monkeypatch.setenv("TAWASUL_DATABASE_URL", database_url)
    monkeypatch.setenv("TAWASUL_DATA_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def tawasul(settled: None) -> Tawasul:
    """Runs a command: `tawasul("cases", "list", "--json")`."""
    return lambda *arguments: CliRunner().invoke(cli, list(arguments))

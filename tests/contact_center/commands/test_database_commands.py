"""`tawasul db` on databases in every state."""

import secrets
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import make_url
from typer.testing import Result

from contact_center.commands.db import NotUsable
from contact_center.settings import get_settings

Tawasul = Callable[..., Result]


@pytest.fixture
def empty(postgres: str, settled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The configured database is one that nothing was ever done to."""
    name = f"empty_{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("TAWASUL_DATABASE_URL", make_url(postgres).set(database=name).render_as_string(False))
        get_settings.cache_clear()
        yield
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_empty_database_is_brought_up_to_date_once(tawasul: Tawasul, empty: None) -> None:
    before = tawasul("db", "check")
    assert isinstance(before.exception, NotUsable)
    assert "run `tawasul db migrate`" in str(before.exception)

    first = tawasul("db", "migrate")
    assert "The database is up to date." in first.stdout
    assert "Sign in to the console as admin with the password " in first.stdout

    assert "is at" in tawasul("db", "check").stdout
    assert tawasul("db", "migrate").stdout == "The database is up to date.\n"


def test_a_current_database_is_fine(tawasul: Tawasul) -> None:
    assert tawasul("db", "check").exit_code == 0

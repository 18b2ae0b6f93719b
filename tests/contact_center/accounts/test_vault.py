"""Secrets that are kept sealed."""

from datetime import UTC, datetime, timedelta

import pytest

from contact_center.accounts.vault import Unreadable, Vault
from tests.moved_clock import clock_stopped

START = datetime(2026, 1, 4, 9, tzinfo=UTC)


def test_what_is_sealed_is_read_by_the_same_key_for_the_same_purpose_only() -> None:
    sealed = Vault("a key", "one").seal("سر")
    assert "سر" not in sealed
    assert Vault("a key", "one").open(sealed) == "سر"
    assert Vault("a key", "one").seal("سر") != sealed
    for other in (Vault("another key", "one"), Vault("a key", "another")):
        with pytest.raises(Unreadable):
            other.open(sealed)


@pytest.mark.parametrize("spoilt", ["", "x", "gAAAAA", "\u0660"])
def test_what_was_never_sealed_is_not_read(spoilt: str) -> None:
    with pytest.raises(Unreadable):
        Vault("a key", "one").open(spoilt)


def test_a_changed_seal_is_not_read() -> None:
    sealed = Vault("a key", "one").seal("secret")
    with pytest.raises(Unreadable):
        Vault("a key", "one").open(sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])


def test_values_last_as_long_as_they_are_meant_to() -> None:
    vault, ten = Vault("a key", "one"), timedelta(minutes=10)
    with clock_stopped(START) as clock:
        sealed = vault.seal_values({"state": "x", "next": ""})
        clock.at = START + ten
        assert vault.open_values(sealed, ten) == {"state": "x", "next": ""}
        clock.at += timedelta(seconds=1)
        with pytest.raises(Unreadable):
            vault.open_values(sealed, ten)

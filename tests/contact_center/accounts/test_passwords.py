import re
import statistics
import time

import pytest

from contact_center.accounts import passwords
from contact_center.errors import InvalidInput


def test_only_the_right_password_matches() -> None:
    kept = passwords.hashed("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert passwords.matches("correct horse battery", kept)
    assert not passwords.matches("correct horse batterz", kept)
    assert not passwords.matches("", kept)


def test_the_same_password_is_never_kept_the_same_way() -> None:
    assert passwords.hashed("correct horse battery") != passwords.hashed("correct horse battery")


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_without_a_hash_nothing_matches(kept: str | None) -> None:
    assert not passwords.matches("correct horse battery", kept)


def test_an_unknown_account_takes_as_long_as_a_wrong_password() -> None:
    kept = passwords.hashed("correct horse battery")
    passwords.matches("x", None)  # the first time makes a hash to compare with

    def seconds(password_hash: str | None) -> float:
        start = time.perf_counter()
        passwords.matches("wrong password", password_hash)
        return time.perf_counter() - start

    pairs = [(seconds(kept), seconds(None)) for _ in range(7)]
    known, unknown = (statistics.median(side) for side in zip(*pairs, strict=True))
    assert 0.5 < unknown / known < 2


def test_generated_passwords_are_long_and_never_the_same() -> None:
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"(?:[a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}", password) for password in made)
    passwords.check_strength(made.pop())


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 257])
def test_too_short_and_too_long(password: str) -> None:
    with pytest.raises(InvalidInput):
        passwords.check_strength(password)


def test_what_is_longer_than_any_password_matches_nothing() -> None:
    kept = passwords.hashed("x" * 256)
    assert passwords.matches("x" * 256, kept)
    assert not passwords.matches("x" * 257, kept)

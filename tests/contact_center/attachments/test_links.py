"""Signed addresses open one file, for 30 days, and cannot be made by anybody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contact_center.attachments.links import VALID_FOR, FileLinks

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILE = UUID("6f1c0f7e-92a1-4f27-9d7b-6b4e3a2d1c00")
LINKS = FileLinks("the service's secret", "https://tawasul.example.bh")


def test_an_address_opens_its_file_and_is_short_enough_for_an_sms() -> None:
    address = LINKS.address(FILE, NOW)
    assert address is not None
    start, _, token = address.rpartition("/")
    assert start == "https://tawasul.example.bh/files"
    assert LINKS.attachment_of(token, NOW) == FILE
    assert len(token) == 48


def test_it_ends_after_thirty_days() -> None:
    token = LINKS.token(FILE, NOW)
    assert timedelta(days=30) == VALID_FOR
    assert LINKS.attachment_of(token, NOW + VALID_FOR) == FILE
    assert LINKS.attachment_of(token, NOW + VALID_FOR + timedelta(seconds=1)) is None


def test_no_letter_of_it_can_be_changed() -> None:
    token = LINKS.token(FILE, NOW)
    for place, letter in enumerate(token):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        assert LINKS.attachment_of(changed, NOW) is None, place


@pytest.mark.parametrize("token", ["", "x", "A" * 47, "A" * 48, "A" * 49, "ا" * 48, "=" * 48, "A" * 47 + "\n"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert LINKS.attachment_of(token, NOW) is None


def test_another_secret_makes_other_tokens() -> None:
    assert LINKS.attachment_of(FileLinks("another", None).token(FILE, NOW), NOW) is None


def test_without_a_public_address_there_is_none() -> None:
    assert FileLinks("the service's secret", None).address(uuid4(), NOW) is None

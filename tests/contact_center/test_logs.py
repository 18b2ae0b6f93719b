"""Operators' log lines: JSON, one a line, and nobody's words or numbers in them."""

import json
import subprocess
import sys

import pytest

from contact_center.logs import without_personal_data


def lines(code: str, **environment: str) -> list[str]:
    """What a process with our logging writes to standard error."""
    script = f"import logging, structlog\nfrom contact_center import logs\nlogs.set_up()\n{code}"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout == ""
    return ran.stderr.splitlines()


def test_an_event_is_one_line_of_json() -> None:
    (line,) = lines("structlog.get_logger().info('case_filed', agency='EWA', note='سطر\\nآخر')")
    event = json.loads(line)
    assert event.pop("timestamp").endswith("Z")
    assert event == {"event": "case_filed", "agency": "EWA", "note": "سطر\nآخر", "level": "info"}


def test_the_standard_library_goes_the_same_way() -> None:
    (line,) = lines("logging.getLogger('some.library').warning('odd %s', 'thing')")
    event = json.loads(line)
    assert (event["event"], event["logger"], event["level"]) == ("odd thing", "some.library", "warning")


def test_an_exception_stays_on_its_line() -> None:
    code = "try:\n  1 / 0\nexcept ZeroDivisionError:\n  structlog.get_logger().exception('failed')"
    (line,) = lines(code)
    assert "ZeroDivisionError" in json.loads(line)["exception"]


def test_a_person_at_a_terminal_reads_text() -> None:
    (line,) = lines("structlog.get_logger().info('ready', port=8000)", FORCE_COLOR="1")
    assert "ready" in line
    assert "\x1b[" in line
    assert not line.startswith("{")


@pytest.mark.parametrize(
    "text",
    [
        "called from +97333112233",
        "called from 3311 2233",
        "cpr 850112345 given",
        "Key (channel, address)=(telegram, 987654321) already exists",
        "رقمي ٣٣١١٢٢٣٣",
    ],
)
def test_long_numbers_are_cut_wherever_they_turn_up(text: str) -> None:
    event = without_personal_data(None, "info", {"event": "x", "error": text, "parts": [{"deep": text}]})
    for value in (event["error"], event["parts"][0]["deep"]):
        assert sum(sign.isdecimal() for sign in value) == 2


@pytest.mark.parametrize(
    "text", ["26-1234-5678", "2026-11-21T10:00:00Z", "0b1f2c3d-12345678-8f00-aa0099887766", "port 18105", "job 1234567"]
)
def test_our_own_numbers_stay(text: str) -> None:
    assert without_personal_data(None, "info", {"event": text})["event"] == text


def test_what_people_say_and_who_they_are_is_dropped() -> None:
    told = {"text": "الكهرباء مقطوعة", "contact_name": "فاطمة", "phone": "+97333112233", "address": "123"}
    event = without_personal_data(None, "info", {"event": "x", **told, "nested": dict(told)})
    assert set(event["nested"].values()) == {"…"}
    assert {event[name] for name in told} == {"…"}


def test_a_bot_token_in_an_address_is_hidden() -> None:
    error = "401 for url 'https://api.telegram.org/bot123456:AAE-x_y/getMe'"
    assert without_personal_data(None, "info", {"error": error})["error"].endswith("org/bot…/getMe'")


def test_the_address_of_a_file_does_not_open_it() -> None:
    token = "Ab_-" * 12
    logged = without_personal_data(
        None, "info", {"path": f"/files/{token}", "error": f"GET https://t.bh/files/{token}"}
    )
    assert logged == {"path": "/files/…", "error": "GET https://t.bh/files/…"}

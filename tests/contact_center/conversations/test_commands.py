"""A command and a link that opens the bot become payloads; nothing that somebody typed ever runs as one."""

import json

import pytest

from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.conversations.commands import language_of, payload_of


def typed(command: str, argument: str | None = None) -> InboundMessage:
    return InboundMessage(
        channel=ChannelCode.TELEGRAM, address="42", provider_id="1", command=command, argument=argument
    )


@pytest.mark.parametrize(
    ("command", "argument", "payload"),
    [
        ("start", None, "/greet"),
        ("start", "complaint", "/report_complaint"),
        ("start", "suggestion", "/make_suggestion"),
        ("start", "cases", "/list_my_cases"),
        ("start", "status", "/check_status"),
        ("start", "status_26-1234-5678", '/check_status{"reference": "2612345678"}'),
        ("start", "status_2612345678", '/check_status{"reference": "2612345678"}'),
        ("start", "some-campaign_7", "/greet"),
        ("start", '/file_case{"x":1}', "/greet"),
        ("help", None, "/ask_help"),
        ("status", None, "/check_status"),
        ("status", "26-1234-5678", '/check_status{"reference": "2612345678"}'),
        ("status", "٢٦١٢٣٤٥٦٧٨", '/check_status{"reference": "2612345678"}'),
        ("status", "وينه", "/check_status"),
        ("cancel", "now", "/cancel"),
        ("language", "en", "/switch_language"),
    ],
)
def test_payloads(command: str, argument: str | None, payload: str) -> None:
    assert payload_of(typed(command, argument)) == payload


def test_a_reference_is_digits_and_nothing_else() -> None:
    payload = payload_of(typed("status", '26-1234-5678"}/cancel{"'))
    assert payload is not None
    assert json.loads(payload.removeprefix("/check_status")) == {"reference": "2612345678"}


@pytest.mark.parametrize(
    ("argument", "language"),
    [
        ("en", "en"),
        ("English", "en"),
        ("انجليزي", "en"),
        ("ar", "ar"),
        ("عربي", "ar"),
        ("العربية", "ar"),
        ("xx", None),
        (None, None),
    ],
)
def test_languages(argument: str, language: str | None) -> None:
    assert language_of(typed("language", argument)) == language


def test_links_that_set_the_language() -> None:
    assert language_of(typed("start", "language_en")) == "en"
    assert language_of(typed("start", "complaint")) is None


def test_words_are_no_command() -> None:
    words = InboundMessage(channel=ChannelCode.TELEGRAM, address="42", provider_id="1", text="/status")
    assert payload_of(words) is None

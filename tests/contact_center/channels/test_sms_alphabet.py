"""What an SMS costs, and English kept in the cheap alphabet."""

import pytest

from contact_center.channels.sms_alphabet import in_few_parts, parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("[" * 80, 1), ("[" * 81, 2)],
)
def test_english(text: str, expected: int) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("ح" * 70, 1), ("ح" * 71, 2), ("ح" * 134, 2), ("ح" * 135, 3), ("🌷" * 36, 2)]
)
def test_arabic(text: str, expected: int) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Done ✅ Your request is filed.", "Done Your request is filed."),
        ("Is it about “Potholes”?", 'Is it about "Potholes"?'),
        ("You are welcome 🌷", "You are welcome"),
        ("⚠️ If anyone is in danger, call 999.", "If anyone is in danger, call 999."),
        ("Request \u206626-1234-5678\u2069 – closed", "Request 26-1234-5678 - closed"),
        ("We have it 📍\nGo on", "We have it\nGo on"),
    ],
)
def test_english_is_sent_in_the_cheap_alphabet(text: str, sent: str) -> None:
    assert in_few_parts(text) == sent


def test_a_text_that_cannot_be_cheap_keeps_its_ornaments() -> None:
    for text in ("العفو، حاضرين 🌷", "Sanad «سند» 📍"):
        assert in_few_parts(text) == text

"""A response may have a wording for one channel: actions choose it as Rasa does."""

import pytest

from actions.texts import text, utterance


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sms_has_a_shorter_wording(language: str) -> None:
    by_sms, elsewhere = ({"language": language, "channel": channel} for channel in ("sms", "whatsapp"))
    assert len(text("utter_privacy", by_sms)) < len(text("utter_privacy", elsewhere))
    assert text("utter_privacy", elsewhere) == text("utter_privacy", {"language": language})


def test_its_buttons_come_with_it() -> None:
    said = utterance("say_summary", {"language": "en", "channel": "sms"}, lines="Kind: Complaint")
    assert [button["payload"] for button in said["buttons"]] == ["/affirm", "/correct_information", "/cancel"]
    assert said["text"].startswith("Kind: Complaint")


def test_what_has_no_wording_for_sms_is_said_as_everywhere() -> None:
    assert text("utter_cost", {"language": "en", "channel": "sms"}) == text("utter_cost", {"language": "en"})

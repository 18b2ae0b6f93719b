"""By SMS an answer is one message with all its choices; elsewhere as the assistant said it."""

from contact_center.conversations.dialogue import ReplyButton, ReplyMessage
from contact_center.conversations.one_message import as_sent

YES, NO = ReplyButton(title="نعم", payload="/affirm"), ReplyButton(title="لا", payload="/deny")
SAID = [ReplyMessage(text="وصل ✅", buttons=[]), ReplyMessage(text="صح؟", buttons=[YES, NO])]


def test_by_sms_it_is_one() -> None:
    assert as_sent("sms", SAID) == [ReplyMessage(text="وصل ✅\nصح؟", buttons=[YES, NO])]


def test_elsewhere_it_stays_as_it_is() -> None:
    for channel in ("telegram", "whatsapp", "webchat", "call_center"):
        assert as_sent(channel, SAID) == SAID

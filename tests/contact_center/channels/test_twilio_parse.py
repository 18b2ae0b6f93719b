"""Every kind of inbound form and delivery report, as Twilio posts them."""

from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from contact_center.channels.base import (
    ChannelCode,
    DeliveryStatus,
    Ignored,
    InboundMessage,
    Location,
    Media,
    MediaKind,
)
from contact_center.channels.twilio_parse import is_signed, parse_form, read_message, read_status
from contact_center.errors import Unparseable

SID = "SM0123456789abcdef0123456789abcdef"
MEDIA_URL = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"
WHATSAPP = {
    "SmsMessageSid": SID, "MessageSid": SID, "SmsSid": SID, "AccountSid": "AC1", "ApiVersion": "2010-04-01",
    "From": "whatsapp:+97339001122", "To": "whatsapp:+97317000001", "WaId": "97339001122", "ProfileName": "مريم",
    "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", "ReferralNumMedia": "0", "Body": "",
}  # fmt: skip
SMS = {
    "MessageSid": SID, "SmsSid": SID, "SmsMessageSid": SID, "AccountSid": "AC1", "ApiVersion": "2010-04-01",
    "From": "+97339001122", "To": "+97317000002", "FromCountry": "BH", "FromCity": "", "ToCountry": "BH",
    "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", "Body": "حفرة في الشارع",
}  # fmt: skip


def with_media(message_type: str | None, *media_types: str, body: str = "") -> dict[str, str]:
    media = {f"MediaUrl{index}": f"{MEDIA_URL}{index}" for index in range(len(media_types))}
    types = {f"MediaContentType{index}": media_type for index, media_type in enumerate(media_types)}
    told = {"MessageType": message_type} if message_type else {}
    return WHATSAPP | media | types | told | {"NumMedia": str(len(media_types)), "Body": body}


def media(kind: MediaKind, media_type: str, index: int = 0) -> Media:
    return Media(kind=kind, source=f"{MEDIA_URL}{index}", media_type=media_type)


CONTENTS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "words": (WHATSAPP | {"MessageType": "text", "Body": " عندي شكوى \n"}, {"text": "عندي شكوى"}),
    "a_payload_typed_by_a_person": (WHATSAPP | {"Body": '/file_case{"x":1}'}, {"text": '/file_case{"x":1}'}),
    "photo_with_words": (
        with_media("image", "image/jpeg", body="حفرة"),
        {"media": (media(MediaKind.PHOTO, "image/jpeg"),), "text": "حفرة"},
    ),
    "two_photos": (
        with_media(None, "image/jpeg", "image/png"),
        {"media": (media(MediaKind.PHOTO, "image/jpeg"), media(MediaKind.PHOTO, "image/png", 1))},
    ),
    "voice": (
        with_media("audio", "audio/ogg; codecs=opus"),
        {"media": (media(MediaKind.VOICE, "audio/ogg"),)},
    ),
    "video": (with_media("video", "video/mp4"), {"media": (media(MediaKind.VIDEO, "video/mp4"),)}),
    "document": (
        with_media("document", "application/pdf", body="رخصة.pdf"),
        {"media": (media(MediaKind.DOCUMENT, "application/pdf").model_copy(update={"filename": "رخصة.pdf"}),)},
    ),
    "document_with_words": (
        with_media("document", "application/pdf", body="هذي رخصة البناء"),
        {"media": (media(MediaKind.DOCUMENT, "application/pdf"),), "text": "هذي رخصة البناء"},
    ),
    "contact_card": (with_media("contacts", "text/vcard"), {"media": (media(MediaKind.DOCUMENT, "text/vcard"),)}),
    "pin": (
        WHATSAPP | {"MessageType": "location", "Latitude": "26.2235", "Longitude": "50.5876"},
        {"location": Location(lat=26.2235, lon=50.5876)},
    ),
    "known_place": (
        WHATSAPP | {"Latitude": "26.2235", "Longitude": "50.5876", "Label": "السيتي سنتر", "Address": "السيف"},
        {"location": Location(lat=26.2235, lon=50.5876, label="السيتي سنتر، السيف")},
    ),
    "quick_reply": (
        WHATSAPP | {"MessageType": "button", "Body": "نعم", "ButtonText": "نعم", "ButtonPayload": "b12.0",
                    "OriginalRepliedMessageSid": "SM9"},
        {"button": "b12.0", "text": "نعم", "replies_to": "SM9"},
    ),
    "list_item": (
        WHATSAPP | {"MessageType": "interactive", "Body": "كهرباء", "ListTitle": "كهرباء", "ListId": "b12.4"},
        {"button": "b12.4", "text": "كهرباء"},
    ),
    "quoting_us": (
        WHATSAPP | {"Body": "شنو يعني؟", "OriginalRepliedMessageSid": "SM9"},
        {"text": "شنو يعني؟", "replies_to": "SM9"},
    ),
    "sticker": (with_media("sticker", "image/webp"), {"unsupported": "sticker"}),
    "sticker_of_untold_type": (with_media(None, "image/webp"), {"unsupported": "sticker"}),
    "a_document_that_is_webp": (
        with_media("document", "image/webp"),
        {"media": (media(MediaKind.PHOTO, "image/webp"),)},
    ),
    "reaction": (WHATSAPP | {"MessageType": "reaction", "Body": "👍"}, {"unsupported": "reaction"}),
    "nothing_that_we_know": (WHATSAPP | {"MessageType": "hologram"}, {"unsupported": "hologram"}),
    "empty": (WHATSAPP, {"unsupported": "unknown"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_what_people_send_on_whatsapp(name: str) -> None:
    form, content = CONTENTS[name]
    assert read_message(form) == InboundMessage(
        **{
            "channel": ChannelCode.WHATSAPP,
            "address": "+97339001122",
            "provider_id": SID,
            "profile_name": "مريم",
            "verified_phone": "+97339001122",
        }
        | content
    )


def test_sms() -> None:
    assert read_message(SMS) == InboundMessage(
        channel=ChannelCode.SMS,
        address="+97339001122",
        provider_id=SID,
        text="حفرة في الشارع",
        verified_phone="+97339001122",
    )


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (SMS | {"From": "Batelco"}, "not a telephone number"),
        (SMS | {"From": "98555"}, "not a telephone number"),
        (SMS | {"Body": "HELP", "OptOutType": "HELP"}, "HELP"),
    ],
)
def test_what_is_no_message_to_us(form: dict[str, str], reason: str) -> None:
    ignored = read_message(form)
    assert isinstance(ignored, Ignored)
    assert reason in ignored.reason


def test_whoever_subscribes_again_is_heard() -> None:
    message = read_message(SMS | {"Body": "START", "OptOutType": "START"})
    assert isinstance(message, InboundMessage)
    assert (message.text, message.subscription) == ("START", "start")


def test_a_stop_that_twilio_answered_is_told_to_us() -> None:
    message = read_message(SMS | {"Body": "STOP", "OptOutType": "STOP"})
    assert isinstance(message, InboundMessage)
    assert message.subscription == "stop"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {key: value for key, value in SMS.items() if key != "MessageSid"},
        {key: value for key, value in SMS.items() if key != "From"},
        WHATSAPP | {"Latitude": "abc", "Longitude": "50"},
        WHATSAPP | {"Latitude": "91", "Longitude": "50"},
        WHATSAPP | {"Latitude": "nan", "Longitude": "50"},
        WHATSAPP | {"NumMedia": "many"},
    ],
)
def test_a_form_that_is_no_message(form: dict[str, str]) -> None:
    with pytest.raises(Unparseable):
        read_message(form)


@pytest.mark.parametrize("body", [b"Body=%ff%fe", b"\xff\xfe", b"&".join(b"a%d=1" % n for n in range(600))])
def test_a_body_that_is_no_form(body: bytes) -> None:
    with pytest.raises(Unparseable):
        parse_form(body)


def test_a_form_is_read_as_it_was_written() -> None:
    assert parse_form(urlencode(WHATSAPP | {"Body": "a+b & c=د\n"}).encode()) == WHATSAPP | {"Body": "a+b & c=د\n"}


@pytest.mark.parametrize(
    ("told", "ours"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("failed", "failed"), ("undelivered", "failed")],
)
def test_delivery_reports(told: str, ours: str) -> None:
    form = {"MessageSid": SID, "MessageStatus": told, "To": "whatsapp:+97339001122", "From": "whatsapp:+97317000001"}
    assert read_status(form, "7") == DeliveryStatus(ChannelCode.WHATSAPP, SID, ours, None, "7")


def test_a_failure_report_carries_its_code() -> None:
    form = {"MessageSid": SID, "MessageStatus": "undelivered", "To": "+97339001122", "ErrorCode": "30003"}
    assert read_status(form, None) == DeliveryStatus(ChannelCode.SMS, SID, "failed", "30003", None)
    assert read_status(form | {"MessageStatus": "sent", "ErrorCode": "0"}, None) == DeliveryStatus(
        ChannelCode.SMS, SID, "sent", None, None
    )


def test_reports_before_sending_are_no_news() -> None:
    for told in ("accepted", "queued", "sending", "scheduled"):
        assert isinstance(read_status({"MessageSid": SID, "MessageStatus": told}, None), Ignored)
    with pytest.raises(Unparseable):
        read_status({"MessageStatus": "sent"}, None)


URL = "https://tawasul.example.bh/webhooks/twilio/status?message=7"


def test_the_signature() -> None:
    form = WHATSAPP | {"Body": "حفرة & مويه"}
    signature = RequestValidator("token").compute_signature(URL, form)
    assert is_signed("token", URL, form, signature)
    assert not is_signed("token", URL, form | {"Body": "غيرها"}, signature)
    assert not is_signed("token", URL.replace("=7", "=8"), form, signature)
    assert not is_signed("another", URL, form, signature)
    for wrong in (None, "", "x", signature[:-2] + "A=", "سر"):
        assert not is_signed("token", URL, form, wrong)

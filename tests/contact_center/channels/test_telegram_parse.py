"""Every kind of update, as it comes from Telegram."""

import json
from typing import Any

import pytest

from contact_center.channels.base import ChannelCode, Ignored, InboundMessage, Location, Media, MediaKind, SharedContact
from contact_center.channels.telegram_parse import parse_update, read_update
from contact_center.errors import Unparseable
from tests.contact_center.channels.telegram_payloads import (
    CHANNEL_POST,
    GROUP,
    MEMBER_CHANGE,
    POLL,
    STICKER,
    file,
    press,
    update,
)

PIN = {"latitude": 26.2235, "longitude": 50.5876}


def read(fields: dict[str, Any]) -> InboundMessage | Ignored:
    return read_update(parse_update(json.dumps(fields).encode()))


def media(kind: MediaKind, **fields: Any) -> tuple[Media, ...]:
    return (Media(**{"kind": kind, "source": "AgACAgQAAxkBAAIB", "size": 1234} | fields),)


CONTENTS = {
    "words": (update(text="السلام عليكم، عندي شكوى"), {"text": "السلام عليكم، عندي شكوى"}),
    "words_with_an_effect": (update(text="شكرا", effect_id="5"), {"text": "شكرا"}),
    "what_the_library_cannot_read": (update(poll={"id": "1", "question": "؟"}), {"unsupported": "unknown"}),
    "start": (update(text="/start"), {"command": "start"}),
    "start_from_a_link": (update(text="/start status_26-1"), {"command": "start", "argument": "status_26-1"}),
    "help_in_capitals_with_our_name": (update(text="/Help@tawasul_bot"), {"command": "help"}),
    "status": (update(text="/status  ٢٦ ١٢٣٤"), {"command": "status", "argument": "٢٦ ١٢٣٤"}),
    "cancel": (update(text="/cancel"), {"command": "cancel"}),
    "only_a_slash": (update(text="/"), {"command": "help"}),
    "another_command": (update(text="/settings now"), {"text": "/settings now"}),
    "a_payload_typed_by_a_person": (update(text='//file_case{"x":1}'), {"text": '//file_case{"x":1}'}),
    "what_cannot_be_stored": (update(text="حفرة\0 في\ud800 الشارع"), {"text": "حفرة في? الشارع"}),
    "photo_the_largest_size": (
        update(photo=[file(file_id="small", width=90, height=67), file(width=1280, height=960),
                      file(file_id="middle", width=320, height=240)], caption="حفرة"),
        {"media": media(MediaKind.PHOTO, media_type="image/jpeg"), "text": "حفرة"},
    ),
    "voice": (
        update(voice=file(duration=4, mime_type="audio/ogg")),
        {"media": media(MediaKind.VOICE, media_type="audio/ogg")},
    ),
    "audio": (
        update(audio=file(duration=4, file_name="a.mp3", mime_type="audio/mpeg")),
        {"media": media(MediaKind.VOICE, media_type="audio/mpeg", filename="a.mp3")},
    ),
    "video_of_unknown_type": (
        update(video=file(duration=4, width=640, height=480)),
        {"media": media(MediaKind.VIDEO, media_type="video/mp4")},
    ),
    "document": (
        update(document=file(file_name="رخصة.pdf", mime_type="application/pdf"), caption="الرخصة"),
        {
            "media": media(MediaKind.DOCUMENT, media_type="application/pdf", filename="رخصة.pdf"),
            "text": "الرخصة",
        },
    ),
    "photo_sent_as_a_document": (
        update(document=file(file_name="IMG_1.heic", mime_type="image/heic")),
        {"media": media(MediaKind.PHOTO, media_type="image/heic", filename="IMG_1.heic")},
    ),
    "document_of_unknown_type": (update(document=file()), {"media": media(MediaKind.DOCUMENT)}),
    "pin": (update(location=PIN), {"location": Location(lat=26.2235, lon=50.5876)}),
    "known_place": (
        update(location=PIN, venue={"location": PIN, "title": "مجمع السيتي سنتر", "address": "السيف"}),
        {"location": Location(lat=26.2235, lon=50.5876, label="مجمع السيتي سنتر، السيف")},
    ),
    "own_contact": (
        update(contact={"phone_number": "97339001122", "first_name": "مريم", "user_id": 5550001}),
        {
            "contact": SharedContact(phone="+97339001122", name="مريم", own=True),
            "verified_phone": "+97339001122",
        },
    ),
    "own_contact_from_abroad": (
        update(contact={"phone_number": "966501234567", "first_name": "مريم", "user_id": 5550001}),
        {
            "contact": SharedContact(phone="+966501234567", name="مريم", own=True),
            "verified_phone": "+966501234567",
        },
    ),
    "somebody_elses_contact": (
        update(contact={"phone_number": "39001122", "first_name": "علي", "last_name": "حسن", "user_id": 777}),
        {"contact": SharedContact(phone="+97339001122", name="علي حسن")},
    ),
    "a_contact_without_an_account": (
        update(contact={"phone_number": "17000000", "first_name": "علي"}),
        {"contact": SharedContact(phone="+97317000000", name="علي")},
    ),
    "an_answer_to_our_message": (
        update(text="نعم", reply_to_message=update(text="هل هي صحيحة؟")["message"] | {"message_id": 40}),
        {"text": "نعم", "replies_to": "40"},
    ),
    "edited_words": (
        update("edited_message", text="حفرة كبيرة", edit_date=1760000009),
        {"text": "حفرة كبيرة", "edits": "41"},
    ),
    "edited_caption": (
        update("edited_message", voice=file(duration=4), caption="تعديل", edit_date=1760000009),
        {"media": media(MediaKind.VOICE, media_type="audio/ogg"), "text": "تعديل", "edits": "41"},
    ),
    "sticker": (update(sticker=STICKER), {"unsupported": "sticker"}),
    "poll": (update(poll=POLL), {"unsupported": "poll"}),
    "dice": (update(dice={"emoji": "🎲", "value": 3}), {"unsupported": "dice"}),
    "video_note": (update(video_note=file(length=240, duration=3)), {"unsupported": "video_note"}),
    "animation": (
        update(animation=file(width=10, height=10, duration=1), document=file(mime_type="video/mp4")),
        {"unsupported": "animation"},
    ),
    "story": (update(story={"id": 1, "chat": GROUP}), {"unsupported": "story"}),
    "something_not_yet_invented": (update(hologram={"id": 1}), {"unsupported": "unknown"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_what_people_send(name: str) -> None:
    fields, content = CONTENTS[name]
    assert read(fields) == InboundMessage(
        **{
            "channel": ChannelCode.TELEGRAM,
            "address": "5550001",
            "provider_id": "700000001",
            "message_id": "41",
            "profile_name": "مريم أحمد",
        }
        | content
    )


def test_a_pressed_button() -> None:
    assert read(press()) == InboundMessage(
        channel=ChannelCode.TELEGRAM,
        address="5550001",
        provider_id="700000002",
        button="b12.0",
        replies_to="40",
        profile_name="مريم أحمد",
    )


def test_a_button_on_a_message_too_old_to_be_shown() -> None:
    old = {"chat": press()["callback_query"]["message"]["chat"], "message_id": 7, "date": 0}
    message = read(press(message=old))
    assert isinstance(message, InboundMessage)
    assert (message.button, message.replies_to) == ("b12.0", "7")


IGNORED = {
    "our bot was blocked": (MEMBER_CHANGE, "my_chat_member"),
    "a channel's post": (CHANNEL_POST, "channel_post"),
    "a group": (update(text="هلا", chat=GROUP), "supergroup"),
    "a press in a group": (press(GROUP), "supergroup"),
    "a game's press": (press(data=None, game_short_name="g"), "token"),
    "another bot": (update(text="x", **{"from": {"id": 9, "is_bot": True, "first_name": "b"}}), "bot"),
    "a pinned message": (update(pinned_message=update(text="x")["message"]), "pinned_message"),
    "a live location that moves": (update("edited_message", location=PIN, edit_date=1), "live location"),
    "an update of a later version": ({"update_id": 5, "future": {"a": 1}}, "unknown update"),
}


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_no_message_to_us(name: str) -> None:
    fields, reason = IGNORED[name]
    ignored = read(fields)
    assert isinstance(ignored, Ignored)
    assert reason in ignored.reason


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"\xff\xfe", b"[]", b"null", b"{}", b'{"update_id": null}', b'{"update_id": 1, "message": 7}',
     b'{"update_id": 1, "message": {"text": "no chat"}}', b"[" * 100_000],
)  # fmt: skip
def test_a_body_that_is_no_update(body: bytes) -> None:
    with pytest.raises(Unparseable):
        parse_update(body)


def test_a_place_that_is_not_on_earth() -> None:
    with pytest.raises(Unparseable):
        read(update(location={"latitude": 200, "longitude": 0}))

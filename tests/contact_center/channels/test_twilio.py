"""WhatsApp and SMS against a Twilio account, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from contact_center.channels.base import (
    Ambiguous,
    Button,
    ChannelCode,
    InboundMessage,
    OutboundMessage,
    Refused,
    SendError,
    SharedContact,
    TemporarilyFailed,
    Throttled,
)
from contact_center.channels.text import utf16_units
from contact_center.channels.twilio import SmsChannel, WhatsAppChannel
from contact_center.channels.twilio_client import TwilioClient, content_base
from contact_center.channels.twilio_parse import read_message
from tests.fakes.serving import serve
from tests.fakes.twilio import Citizen, TwilioServer

PUBLIC_URL = "https://tawasul.example.bh"
CATEGORIES = ["انقطاع الكهرباء", "مخلفات البناء والهدم في الشوارع والساحات", "حفر"]


@pytest.fixture
async def server() -> AsyncIterator[TwilioServer]:
    async with TwilioServer.running("http://127.0.0.1:9") as server:
        yield server


@pytest.fixture
async def client(server: TwilioServer) -> AsyncIterator[TwilioClient]:
    client = TwilioClient(server.account_sid, server.auth_token, server.url)
    yield client
    await client.close()


@pytest.fixture
def whatsapp(client: TwilioClient, server: TwilioServer) -> WhatsAppChannel:
    return WhatsAppChannel(client, server.whatsapp_number, PUBLIC_URL)


@pytest.fixture
def sms(client: TwilioClient, server: TwilioServer) -> SmsChannel:
    return SmsChannel(client, server.sms_number, PUBLIC_URL)


@pytest.fixture
async def person(server: TwilioServer) -> Citizen:
    """Somebody who has just written on WhatsApp."""
    citizen = server.citizen()
    await citizen.says("مرحبا")
    return citizen


def message(text: str, *titles: str, key: str = "1") -> OutboundMessage:
    buttons = tuple(Button(title=title, token=f"b{key}.{index}") for index, title in enumerate(titles))
    return OutboundMessage(text=text, buttons=buttons, idempotency_key=key)


async def test_words_arrive(whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    sid = await whatsapp.send(person.phone, message("حياك الله"))
    heard = await person.hears()
    assert (heard.text, heard.sid) == ("حياك الله", sid)


async def test_three_buttons_are_quick_replies(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    await whatsapp.send(person.phone, message("تأكيد الشكوى\n\nالنوع: حفر\tكبيرة\n\n\nصحيحة؟", "نعم", "لا", "إلغاء"))
    heard = await person.hears()
    assert heard.text == "تأكيد الشكوى\n\nالنوع: حفر كبيرة\n\n\nصحيحة؟"
    assert heard.buttons == {"نعم": "b1.0", "لا": "b1.1", "إلغاء": "b1.2"}


async def test_ten_buttons_are_a_list(whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    titles = [f"جهة رقم {number}" for number in range(10)]
    await whatsapp.send(person.phone, message("اختر الجهة", *titles))
    heard = await person.hears()
    assert list(heard.buttons) == titles
    (template,) = server.templates.values()
    assert template["types"]["twilio/list-picker"]["button"] == "اختر من القائمة"


async def test_more_buttons_are_numbered_in_the_text(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    await whatsapp.send(person.phone, message("اختر", *(f"جهة {number}" for number in range(11))))
    heard = await person.hears()
    assert heard.text.startswith("اختر\n\n1. جهة 0\n2. جهة 1\n")
    assert heard.text.endswith("\n11. جهة 10")
    assert not heard.buttons


@pytest.mark.parametrize("extra", [[], ["ماء", "مجاري"]], ids=["quick_reply", "list"])
async def test_long_titles_are_shortened_and_stand_whole_in_the_text(
    extra: list[str], whatsapp: WhatsAppChannel, person: Citizen
) -> None:
    await whatsapp.send(person.phone, message("أي واحد؟", *CATEGORIES, *extra))
    heard = await person.hears()
    assert "\n2. مخلفات البناء والهدم في الشوارع والساحات\n3. حفر" in heard.text
    second = list(heard.buttons)[1]
    assert second.startswith("2. مخلفات البناء")
    assert second.endswith("…")
    assert list(heard.buttons.values())[1] == "b1.1"


async def test_equal_titles_are_told_apart(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    await whatsapp.send(person.phone, message("أي واحد؟", "حفر", "حفر"))
    assert list((await person.hears()).buttons) == ["1. حفر", "2. حفر"]


async def test_words_that_look_like_a_variable_stay_words(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    await whatsapp.send(person.phone, message("كتبت {{1}} و {{x}}", "نعم"))
    assert (await person.hears()).text == "كتبت {{1}} و {{x}}"


async def test_one_template_for_one_shape(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer, client: TwilioClient
) -> None:
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", "لا", key="1"))
    await whatsapp.send(person.phone, message("متأكد؟", "أكيد", "رجوع", key="2"))
    after_a_restart = WhatsAppChannel(client, server.whatsapp_number, PUBLIC_URL)
    await after_a_restart.send(person.phone, message("تمام؟", "اي", "لا", key="3"))
    assert len(server.templates) == 1
    assert [(await person.hears()).text for _ in range(3)] == ["صحيحة؟", "متأكد؟", "تمام؟"]


async def test_twenty_at_once_make_one_template(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    await asyncio.gather(*(whatsapp.send(person.phone, message("؟", "نعم", key=str(n))) for n in range(20)))
    assert len(server.templates) == 1


@pytest.mark.parametrize("how", [{"status": 403, "code": 20403}, {"status": 501}, {"status": 503, "code": 20503}])
async def test_without_the_content_api_choices_are_numbered_until_it_is_back(
    how: dict[str, int], whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    server.fail_next("/v1/Content", times=2, **how)
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", "لا", key="1"))
    heard = await person.hears()
    assert (heard.text, heard.buttons) == ("صحيحة؟\n\n1. نعم\n2. لا", {})
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", "لا", key="2"))
    assert (await person.hears()).buttons == {"نعم": "b2.0", "لا": "b2.1"}


async def test_a_template_that_was_deleted_is_made_again(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", key="1"))
    server.templates.clear()
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", key="2"))
    await whatsapp.send(person.phone, message("صحيحة؟", "نعم", key="3"))
    heard = [await person.hears() for _ in range(3)]
    assert [h.text for h in heard] == ["صحيحة؟", "صحيحة؟\n\n1. نعم", "صحيحة؟"]
    assert [bool(h.buttons) for h in heard] == [True, False, True]


async def test_long_words_with_buttons(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    text = "هذه جملة من شكوى طويلة جدا. " * 80
    await whatsapp.send(person.phone, message(text, "نعم", "لا"))
    heard = [await person.hears() for _ in range(3)]
    assert " ".join(part.text for part in heard) == text.strip()
    assert all(utf16_units(part.text) <= 1024 for part in heard)
    assert [len(part.buttons) for part in heard] == [0, 0, 2]


async def test_a_retry_does_not_repeat_the_parts_that_arrived(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    text = "هذه جملة من شكوى طويلة جدا. " * 80
    server.fail_next("Messages.json", skip=1, status=503, code=20503)
    with pytest.raises(TemporarilyFailed):
        await whatsapp.send(person.phone, message(text))
    await whatsapp.send(person.phone, message(text))
    heard = [await person.hears() for _ in range(2)]
    assert " ".join(part.text for part in heard) == text.strip()
    await person.hears_nothing(0.2)


async def test_only_the_last_part_reports_under_the_messages_key(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    callbacks: list[str] = []
    create = whatsapp.client.create_message

    async def noted(fields: dict[str, str]) -> str:
        callbacks.append(fields["StatusCallback"])
        return await create(fields)

    monkeypatch.setattr(whatsapp.client, "create_message", noted)
    await whatsapp.send(person.phone, message("جملة طويلة. " * 200, key="77"))
    status = f"{PUBLIC_URL}/webhooks/twilio/status"
    assert callbacks == [status, f"{status}?message=77"]


@pytest.mark.parametrize(("letter", "limit"), [("a", 1530), ("ب", 670)])
async def test_sms_is_words_in_sensible_lengths(letter: str, limit: int, sms: SmsChannel, server: TwilioServer) -> None:
    citizen = server.citizen(channel="sms")
    await sms.send(citizen.phone, message(f"{letter * 9} " * 200, "نعم" if letter == "ب" else "Yes"))
    parts = [(await citizen.hears()).text for _ in range(2000 // limit + 1)]
    assert all(limit - 70 < len(part) <= limit for part in parts[:-1])
    assert parts[-1].endswith("1. نعم" if letter == "ب" else "1. Yes")


ERRORS: dict[str, tuple[dict[str, Any], type[SendError]]] = {
    "outside the 24 hours": ({"status": 400, "code": 63016}, Refused),
    "opted out": ({"status": 400, "code": 21610}, Refused),
    "no such number": ({"status": 400, "code": 21211}, Refused),
    "a landline": ({"status": 400, "code": 21614}, Refused),
    "not listed anywhere": ({"status": 400, "code": 29999}, Refused),
    "slow down, whatsapp": ({"status": 400, "code": 63018}, Throttled),
    "too many requests": ({"status": 429, "code": 20429}, Throttled),
    "our token is wrong": ({"status": 401, "code": 20003}, TemporarilyFailed),
    "our number is no sender": ({"status": 400, "code": 63007}, TemporarilyFailed),
    "server error": ({"status": 500, "code": 20500}, TemporarilyFailed),
    "unavailable": ({"status": 503, "code": 20503}, TemporarilyFailed),
}


@pytest.mark.parametrize("name", ERRORS)
async def test_what_an_error_means(name: str, whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    how, kind = ERRORS[name]
    server.fail_next(**how)
    with pytest.raises(SendError) as caught:
        await whatsapp.send(person.phone, message("x"))
    assert (type(caught.value), caught.value.code) == (kind, str(how["code"]))
    await person.hears_nothing(0.1)


async def test_how_long_to_wait(whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    server.fail_next(status=429, code=20429, retry_after=9)
    server.fail_next(status=400, code=63018)
    for seconds in (9, 5):
        with pytest.raises(Throttled) as caught:
            await whatsapp.send(person.phone, message("x"))
        assert caught.value.retry_after == seconds


async def test_who_has_opted_out_or_has_no_whatsapp(whatsapp: WhatsAppChannel, server: TwilioServer) -> None:
    citizen = server.citizen()
    citizen.opts_out()
    for phone, code in ((citizen.phone, "21610"), ("+97336666666", "63003"), ("abc", "21211")):
        with pytest.raises(Refused) as caught:
            await whatsapp.send(phone, message("x"))
        assert caught.value.code == code


async def test_outside_the_24_hours_nothing_is_heard(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    server.clock_ahead = timedelta(hours=25)
    sid = await whatsapp.send(person.phone, message("x"))
    await person.hears_nothing(0.2)
    (sent,) = [sent for sent in server.messages if sent["sid"] == sid]
    assert (sent["status"], sent["error_code"]) == ("failed", 63016)


async def test_no_answer_is_ambiguous(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer, client: TwilioClient
) -> None:
    client.http.timeout = httpx.Timeout(0.3)
    server.fail_next(delay=1.0)
    with pytest.raises(Ambiguous):
        await whatsapp.send(person.phone, message("وصلت أم لا"))
    assert (await person.hears()).text == "وصلت أم لا"


async def test_no_server_is_certainly_not_sent() -> None:
    channel = SmsChannel(TwilioClient("AC1", "t", "http://127.0.0.1:9"), "+97317000002", PUBLIC_URL)
    with pytest.raises(TemporarilyFailed) as caught:
        await channel.send("+97339001122", message("x"))
    assert caught.value.code == "network"
    await channel.close()


def received(form: dict[str, str]) -> InboundMessage:
    read = read_message(form)
    assert isinstance(read, InboundMessage)
    return read


async def test_media_is_downloaded_whole(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    content = bytes(range(256)) * 1000
    photo = received(await person.sends_photo(content, "حفرة"))
    download = await whatsapp.download(photo.media[0])
    assert download.media_type == "image/jpeg"
    assert b"".join([chunk async for chunk in download.chunks]) == content


async def test_a_redirect_is_followed_within_the_base(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    first, second = received(await person.sends_voice(b"a")).media[0], received(await person.sends_voice(b"b")).media[0]
    server.redirects[str(first.source).rsplit("/", 1)[1]] = str(second.source)
    download = await whatsapp.download(first)
    assert b"".join([chunk async for chunk in download.chunks]) == b"b"


async def test_redirects_without_end(whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    media = received(await person.sends_voice(b"a")).media[0]
    server.redirects[str(media.source).rsplit("/", 1)[1]] = str(media.source)
    with pytest.raises(Refused) as caught:
        await whatsapp.download(media)
    assert caught.value.code == "redirects"


class Bystander:
    """Another server on loopback, which nobody may be made to call."""

    def __init__(self) -> None:
        self.called = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.called += 1


FOREIGN = [
    "{bystander}/secret",
    "http://localhost:{port}/x",
    "http://[::1]:{port}/x",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "ftp://api.twilio.com/x",
    "http://api.twilio.com/x",
    "https://api.twilio.com:8443/x",
    "https://api.twilio.com.example.net/x",
    "https://api.twilio.com@127.0.0.1/x",
    "https://user:pass@api.twilio.com/x",
    "https://twilio.com.evil/x",
    "https://eviltwilio.com/x",
    "https://s3.amazonaws.com/media.twiliocdn.com/x",
    "https://127.0.0.1:notaport/x",
    "//api.twilio.com/x",
    "",
]


@pytest.mark.parametrize("address", FOREIGN)
async def test_foreign_addresses_are_not_called(
    address: str, whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    bystander = Bystander()
    async with serve(bystander) as url:
        address = address.format(bystander=url, port=url.rsplit(":", 1)[1])
        photo = received(await person.sends_photo(b"x")).media[0]
        with pytest.raises(Refused):
            await whatsapp.download(photo.model_copy(update={"source": address}))
        if address:
            server.redirects[str(photo.source).rsplit("/", 1)[1]] = address
            with pytest.raises(SendError):
                await whatsapp.download(photo)
    assert bystander.called == 0


async def test_what_is_gone(whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer) -> None:
    media = received(await person.sends_photo(b"x")).media[0]
    server.media.clear()
    with pytest.raises(Refused) as caught:
        await whatsapp.download(media)
    assert caught.value.code == "404"


async def test_a_file_above_20_mb(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    media = received(await person.sends_video(b"x" * (20 * 1024 * 1024 + 1))).media[0]
    with pytest.raises(Refused) as caught:
        await whatsapp.download(media)
    assert caught.value.code == "too_large"


async def test_a_contact_card_is_read(whatsapp: WhatsAppChannel, person: Citizen) -> None:
    own = await whatsapp.with_contact(received(await person.sends_contact(name="مريم")))
    assert own.contact == SharedContact(phone=person.phone, name="مريم", own=True)
    assert own.media == ()
    other = await whatsapp.with_contact(received(await person.sends_contact("+97336001122", "علي")))
    assert other.contact == SharedContact(phone="+97336001122", name="علي", own=False)


async def test_a_contact_card_that_cannot_be_had_stays_a_document(
    whatsapp: WhatsAppChannel, person: Citizen, server: TwilioServer
) -> None:
    card = received(await person.sends_contact())
    server.media.clear()
    assert await whatsapp.with_contact(card) == card


def test_where_the_content_api_is() -> None:
    assert content_base("https://api.twilio.com") == "https://content.twilio.com"
    assert content_base("https://api.dublin.ie1.twilio.com") == "https://content.dublin.ie1.twilio.com"
    assert content_base("http://127.0.0.1:9") == "http://127.0.0.1:9"


def test_the_codes(whatsapp: WhatsAppChannel, sms: SmsChannel) -> None:
    assert (whatsapp.code, sms.code) == (ChannelCode.WHATSAPP, ChannelCode.SMS)

"""Files of a message by Twilio: WhatsApp shows what it takes, one a message; all else is a link in the words."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contact_center.channels.base import Button, OutboundFile, OutboundMessage, Refused, TemporarilyFailed
from contact_center.channels.twilio import SmsChannel, WhatsAppChannel
from contact_center.channels.twilio_client import TwilioClient
from tests.fakes.serving import serve
from tests.fakes.twilio import Citizen, TwilioServer

JPEG, PNG, PDF = b"\xff\xd8\xff" + bytes(9), b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"
PHONE = "+97339001122"
MB = 1024 * 1024


class Ours:
    """Our own public address, from which Twilio fetches."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}
        self.url = ""
        self.app = Starlette(routes=[Route("/files/{token}", self._serve)])

    async def _serve(self, request: Request) -> Response:
        content, media_type = self.files.get(request.path_params["token"], (b"", ""))
        return Response(content, 200 if content else 404, media_type=media_type)

    def file(self, content: bytes, media_type: str = "image/jpeg", *, size: int | None = None) -> OutboundFile:
        token = f"t{len(self.files)}"
        self.files[token] = (content, media_type)
        link = f"{self.url}/files/{token}"
        return OutboundFile(
            attachment_id=token, media_type=media_type, filename="x", size=size or len(content), path=Path("x"),
            link=link, in_words=f"الصورة: {link}",
        )  # fmt: skip


@pytest.fixture
async def ours() -> AsyncIterator[Ours]:
    ours = Ours()
    async with serve(ours.app) as ours.url:
        yield ours


@pytest.fixture
async def twilio(ours: Ours) -> AsyncIterator[TwilioServer]:
    async with TwilioServer.running(ours.url) as server:
        yield server


@pytest.fixture
async def client(twilio: TwilioServer) -> AsyncIterator[TwilioClient]:
    client = TwilioClient(twilio.account_sid, twilio.auth_token, twilio.url)
    yield client
    await client.close()


@pytest.fixture
def whatsapp(client: TwilioClient, twilio: TwilioServer) -> WhatsAppChannel:
    return WhatsAppChannel(client, twilio.whatsapp_number, twilio.public_url)


@pytest.fixture
async def person(twilio: TwilioServer) -> Citizen:
    citizen = twilio.citizen(PHONE)
    await citizen.says("مرحبا")
    return citizen


def message(text: str, *media: OutboundFile, buttons: tuple[str, ...] = (), **more: Any) -> OutboundMessage:
    keys = tuple(Button(title=title, token=f"b1.{index}") for index, title in enumerate(buttons))
    return OutboundMessage(text=text, media=media, buttons=keys, idempotency_key="1", **more)


async def heard(twilio: TwilioServer, person: Citizen) -> list[tuple[str, list[bytes]]]:
    await twilio.settled()
    return [(one.text, [file.content for file in one.files]) for one in person.heard]


async def test_a_photo_arrives_with_the_words_below_it(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    await whatsapp.send(PHONE, message("تم الإصلاح", ours.file(JPEG)))
    assert await heard(twilio, person) == [("تم الإصلاح", [JPEG])]


async def test_each_file_is_a_message_of_its_own(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    files = [ours.file(JPEG), ours.file(PNG, "image/png"), ours.file(PDF, "application/pdf")]
    await whatsapp.send(PHONE, message("تم الإصلاح", *files))
    assert sorted(await heard(twilio, person)) == sorted([("تم الإصلاح", [JPEG]), ("", [PNG]), ("", [PDF])])


async def test_words_come_first_where_nothing_can_stand_below(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    long = "ت" * 1025
    await whatsapp.send(PHONE, message(long, ours.file(JPEG)))
    await whatsapp.send(PHONE, message("التقرير", ours.file(PDF, "application/pdf")))
    assert [text for text, _ in await heard(twilio, person)].count("") == 2
    assert [one["body"] for one in twilio.messages] == [long, "", "التقرير", ""]


async def test_buttons_stay_below_the_files(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    await whatsapp.send(PHONE, message("صحيح؟", ours.file(JPEG), buttons=("نعم", "لا")))
    await twilio.settled()
    assert [one["body"] for one in twilio.messages] == ["", "صحيح؟"]
    assert {tuple(one.buttons) for one in person.heard} == {(), ("نعم", "لا")}


@pytest.mark.parametrize(
    ("media_type", "size"), [("image/webp", 10), ("image/jpeg", 5 * MB + 1), ("application/pdf", 16 * MB + 1)]
)
async def test_what_whatsapp_does_not_take_is_a_link(
    media_type: str, size: int, ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    linked = ours.file(b"x", media_type, size=size)
    await whatsapp.send(PHONE, message("تم", linked, ours.file(JPEG)))
    assert await heard(twilio, person) == [(f"تم\n\nالصورة: {linked.link}", [JPEG])]


async def test_by_sms_every_file_is_a_link(ours: Ours, client: TwilioClient, twilio: TwilioServer) -> None:
    sms, person = SmsChannel(client, twilio.sms_number, twilio.public_url), twilio.citizen(PHONE, channel="sms")
    photos = [ours.file(JPEG), ours.file(PDF, "application/pdf")]
    await sms.send(PHONE, message("تم", *photos))
    assert await heard(twilio, person) == [(f"تم\n\nالصورة: {photos[0].link}\nالصورة: {photos[1].link}", [])]


async def test_only_what_is_left_is_sent_again(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen, client: TwilioClient
) -> None:
    said = message("ت" * 1100, ours.file(JPEG), ours.file(PNG, "image/png"))
    noted: list[int] = []

    async def note(count: int) -> None:
        noted.append(count)

    twilio.fail_next(status=503, code=20503, skip=2)
    with pytest.raises(TemporarilyFailed):
        await whatsapp.send(PHONE, said, note)
    assert noted == [1, 2]
    another = WhatsAppChannel(client, twilio.whatsapp_number, twilio.public_url)
    await another.send(PHONE, said.model_copy(update={"parts_sent": noted[-1]}))
    assert sorted(await heard(twilio, person)) == sorted([("ت" * 1100, []), ("", [JPEG]), ("", [PNG])])


async def test_what_twilio_cannot_fetch_fails_afterwards(
    ours: Ours, whatsapp: WhatsAppChannel, twilio: TwilioServer, person: Citizen
) -> None:
    for content, media_type, code in ((b"", "image/jpeg", 63019), (b"<html>", "text/html", 12300)):
        file = ours.file(content, media_type).model_copy(update={"media_type": "image/jpeg"})
        await whatsapp.send(PHONE, message("تم", file))
        await twilio.settled()
        assert (twilio.messages[-1]["status"], twilio.messages[-1]["error_code"]) == ("failed", code)
    assert person.heard == []


async def test_an_address_that_is_none_is_refused_at_once(
    ours: Ours, whatsapp: WhatsAppChannel, person: Citizen
) -> None:
    file = ours.file(JPEG).model_copy(update={"link": "file:///etc/passwd"})
    with pytest.raises(Refused) as refused:
        await whatsapp.send(PHONE, message("تم", file))
    assert refused.value.code == "21620"

"""Files of a message on Telegram: what arrives, byte for byte, and what becomes of those that are no photos to it."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contact_center.channels.base import Button, OutboundFile, OutboundMessage, Refused, TemporarilyFailed
from contact_center.channels.telegram import TelegramChannel
from tests.fakes.telegram import TelegramServer

JPEG, PDF = b"\xff\xd8\xff\xe0" + bytes(60), b"%PDF-1.7\n" + bytes(60)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running() as server:
        yield server


@pytest.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(server.token, "secret", server.url)
    yield channel
    await channel.close()


@pytest.fixture
def kept(tmp_path: Path) -> "Kept":
    return Kept(tmp_path)


class Kept:
    """Files as our storage has them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def file(self, content: bytes, media_type: str = "image/jpeg", filename: str = "بعد.jpg") -> OutboundFile:
        path = self._directory / secrets.token_hex(8)
        path.write_bytes(content)
        return OutboundFile(
            attachment_id=path.name, media_type=media_type, filename=filename, size=len(content), path=path,
            link=None, in_words=None,
        )  # fmt: skip


def message(text: str, *media: OutboundFile, buttons: tuple[str, ...] = ()) -> OutboundMessage:
    keys = tuple(Button(title=title, token=f"b1.{index}") for index, title in enumerate(buttons))
    return OutboundMessage(text=text, media=media, buttons=keys, idempotency_key="1")


async def test_one_photo_has_the_words_and_the_buttons_below_it(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    sent = await channel.send(str(citizen.id), message("تم الإصلاح", kept.file(JPEG), buttons=("شكراً",)))
    (heard,) = citizen.heard
    assert (heard.text, heard.buttons, str(heard.message_id)) == ("تم الإصلاح", {"شكراً": "b1.0"}, sent)
    assert heard.file is not None
    assert (heard.file.kind, heard.file.content, heard.file.name) == ("photo", JPEG, "بعد.jpg")


async def test_several_photos_are_an_album_and_a_pdf_stands_beside_it(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    photos = [JPEG + bytes([number]) for number in range(4)]
    pdf = kept.file(PDF, "application/pdf", "تقرير.pdf")
    await channel.send(
        str(citizen.id), message("تم الإصلاح", *map(kept.file, photos[:2]), pdf, *map(kept.file, photos[2:]))
    )
    assert [heard.text for heard in citizen.heard] == ["تم الإصلاح", "", "", "", ""]
    assert [heard.file.content for heard in citizen.heard if heard.file] == [*photos, PDF]
    assert [heard.file.kind for heard in citizen.heard if heard.file] == [*["photo"] * 4, "document"]
    assert [heard.file.name for heard in citizen.heard if heard.file][-1] == "تقرير.pdf"


async def test_words_too_long_for_a_caption_come_first(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen, text = server.citizen(), "ت" * 1025
    await channel.send(str(citizen.id), message(text, kept.file(JPEG)))
    words, photo = citizen.heard
    assert (words.text, words.file, photo.text) == (text, None, "")
    await channel.send(str(citizen.id), message("ت" * 1024, kept.file(JPEG)))
    assert citizen.heard[2].text == "ت" * 1024
    assert citizen.heard[2].file is not None


async def test_buttons_stay_below_an_album(server: TelegramServer, channel: TelegramChannel, kept: Kept) -> None:
    citizen = server.citizen()
    await channel.send(str(citizen.id), message("؟", kept.file(JPEG), kept.file(JPEG), buttons=("نعم",)))
    assert [(bool(heard.file), heard.text, list(heard.buttons)) for heard in citizen.heard] == [
        (True, "", []),
        (True, "", []),
        (False, "؟", ["نعم"]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        PNG + (9000).to_bytes(4) + (2000).to_bytes(4),  # too wide and long together
        PNG + (4200).to_bytes(4) + (200).to_bytes(4),  # one side 21 times the other
        b"GIF89a" + bytes(60),  # no picture to Telegram
        JPEG + bytes(10 * 1024 * 1024),  # too large for a photo
    ],
    ids=["sides", "ratio", "unreadable", "large"],
)
@pytest.mark.parametrize("beside", [0, 1], ids=["alone", "album"])
async def test_what_is_no_photo_to_telegram_arrives_as_a_document(
    content: bytes, beside: int, server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    await channel.send(str(citizen.id), message("تم", kept.file(content), *[kept.file(JPEG)] * beside))
    arrived = {heard.file.content: heard.file.kind for heard in citizen.heard if heard.file}
    assert arrived[content] == "document"
    assert len(citizen.heard) == 1 + beside
    assert [heard.text for heard in citizen.heard].count("تم") == 1


async def test_a_retry_sends_only_the_files_that_did_not_arrive(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    said = message("ت" * 2000, kept.file(JPEG), kept.file(PDF, "application/pdf"))
    server.fail_next("sendDocument", code=502)
    noted: list[int] = []

    async def note(count: int) -> None:
        noted.append(count)

    with pytest.raises(TemporarilyFailed):
        await channel.send(str(citizen.id), said, note)
    assert noted == [1, 2]
    await channel.send(str(citizen.id), said, note)
    assert [heard.file.content if heard.file else heard.text for heard in citizen.heard] == ["ت" * 2000, JPEG, PDF]


async def test_another_process_goes_on_where_this_one_died(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    said = message("ت" * 2000, kept.file(JPEG), kept.file(PDF, "application/pdf"))
    await channel.send(str(citizen.id), said.model_copy(update={"parts_sent": 2}))
    assert [heard.file.content for heard in citizen.heard if heard.file] == [PDF]
    assert len(citizen.heard) == 1


async def test_somebody_who_blocked_the_bot_gets_no_file_either(
    server: TelegramServer, channel: TelegramChannel, kept: Kept
) -> None:
    citizen = server.citizen()
    citizen.blocks_the_bot()
    with pytest.raises(Refused):
        await channel.send(str(citizen.id), message("تم", kept.file(JPEG)))
    assert len(server.calls_of("sendPhoto")) == 1
    assert server.calls_of("sendDocument") == []

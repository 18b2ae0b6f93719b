"""The channel against a Bot API server, over HTTP."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contact_center.channels.base import (
    Ambiguous,
    Button,
    InboundMessage,
    Media,
    MediaKind,
    OutboundMessage,
    Refused,
    SendError,
    TemporarilyFailed,
    Throttled,
)
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.telegram_parse import parse_update, read_update
from contact_center.channels.text import utf16_units
from tests.fakes.telegram import TelegramServer

SECRET = "a-secret_of_ours"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer.running() as server:
        yield server


@pytest.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(server.token, SECRET, server.url)
    yield channel
    await channel.close()


def message(text: str, *titles: str, key: str = "1") -> OutboundMessage:
    buttons = tuple(Button(title=title, token=f"b{key}.{index}") for index, title in enumerate(titles))
    return OutboundMessage(text=text, buttons=buttons, idempotency_key=key)


async def test_words_with_buttons_arrive(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    provider_id = await channel.send(str(citizen.id), message("صحيحة؟ <b>_نعم_", "نعم", "لا"))
    heard = await citizen.hears()
    assert (heard.text, heard.buttons) == ("صحيحة؟ <b>_نعم_", {"نعم": "b1.0", "لا": "b1.1"})
    assert provider_id == str(heard.message_id)


async def test_buttons_stand_side_by_side_only_where_they_are_short(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    citizen = server.citizen()
    await channel.send(str(citizen.id), message("؟", "نعم", "لا"))
    await channel.send(str(citizen.id), message("؟", "مخلفات البناء والهدم", "حفر في الشوارع"))
    keyboards = [json.loads(call["reply_markup"])["inline_keyboard"] for call in server.calls_of("sendMessage")]
    assert [len(rows) for rows in keyboards] == [1, 2]


async def test_long_words_come_in_parts_with_the_buttons_last(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    text = "هذه جملة فيها وجه 😀 وكلام. " * 300
    await channel.send(str(citizen.id), message(text, "نعم"))
    heard = [await citizen.hears(), await citizen.hears(), await citizen.hears()]
    assert all(utf16_units(part.text) <= 4096 and part.text.endswith("كلام.") for part in heard)
    assert " ".join(part.text for part in heard) == text.strip()
    assert [bool(part.buttons) for part in heard] == [False, False, True]


async def test_a_retry_does_not_repeat_the_parts_that_arrived(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    text = "جملة أولى طويلة. " * 400
    server.fail_next("sendMessage", code=502, skip=1)
    with pytest.raises(TemporarilyFailed):
        await channel.send(str(citizen.id), message(text))
    await channel.send(str(citizen.id), message(text))
    assert f"{(await citizen.hears()).text} {(await citizen.hears()).text}" == text.strip()
    await citizen.hears_nothing(0.2)


FAILURES: dict[str, tuple[dict[str, Any], type[SendError], str | None]] = {
    "slow down": ({"retry_after": 7}, Throttled, "429"),
    "chat gone": ({"code": 400, "description": "Bad Request: chat not found"}, Refused, "400"),
    "user deactivated": ({"code": 403, "description": "Forbidden: user is deactivated"}, Refused, "403"),
    "server error": ({"code": 500}, TemporarilyFailed, "5xx"),
    "a proxy's page": ({"code": 502, "broken": True}, TemporarilyFailed, "5xx"),
    "an unreadable success": ({"broken": True, "applied": True}, Ambiguous, "unreadable"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_what_an_error_means(name: str, server: TelegramServer, channel: TelegramChannel) -> None:
    how, kind, code = FAILURES[name]
    citizen = server.citizen()
    server.fail_next("sendMessage", **how)
    with pytest.raises(SendError) as caught:
        await channel.send(str(citizen.id), message("x"))
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert server.token not in str(caught.value)


async def test_how_long_to_wait(server: TelegramServer, channel: TelegramChannel) -> None:
    server.fail_next("sendMessage", retry_after=7)
    with pytest.raises(Throttled) as caught:
        await channel.send(str(server.citizen().id), message("x"))
    assert caught.value.retry_after == 7


async def test_blocked_and_never_started(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen, stranger = server.citizen(), server.citizen(started=False)
    citizen.blocks_the_bot()
    for address in (citizen.id, stranger.id, 12345):
        with pytest.raises(Refused):
            await channel.send(str(address), message("x"))


@pytest.mark.parametrize("text", ["", "   "])
async def test_empty_words_are_refused(text: str, server: TelegramServer, channel: TelegramChannel) -> None:
    with pytest.raises(Refused):
        await channel.send(str(server.citizen().id), message(text))


async def test_a_wrong_token_is_the_operators_to_mend(server: TelegramServer) -> None:
    channel = TelegramChannel("123456:wrong", SECRET, server.url)
    with pytest.raises(TemporarilyFailed) as caught:
        await channel.send(str(server.citizen().id), message("x"))
    assert caught.value.code == "401"
    await channel.close()


async def test_no_server_at_all_is_certainly_not_sent(server: TelegramServer) -> None:
    channel = TelegramChannel(server.token, SECRET, "http://127.0.0.1:9")
    with pytest.raises(TemporarilyFailed) as caught:
        await channel.send("1", message("x"))
    assert caught.value.code == "network"
    await channel.close()


async def test_no_answer_after_the_request_is_ambiguous(
    server: TelegramServer, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = server.citizen()
    client = channel.bot.request._client  # type: ignore[attr-defined]
    monkeypatch.setattr(client, "timeout", 0.3)
    server.fail_next("sendMessage", delay=1.5)
    with pytest.raises(Ambiguous):
        await channel.send(str(citizen.id), message("وصلت أم لا"))
    assert (await citizen.hears()).text == "وصلت أم لا"


async def test_typing_is_shown_and_never_raises(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    await channel.show_typing(str(citizen.id))
    await channel.show_typing("404")
    assert citizen.typing_seen == 1


async def test_a_press_is_acknowledged_once(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    await channel.send(str(citizen.id), message("؟", "نعم"))
    await citizen.hears()
    update = parse_update(json.dumps(await citizen.presses("نعم")).encode())
    await channel.acknowledge(update)
    assert not server.open_queries
    await channel.acknowledge(update)  # «too old» is no harm


async def test_a_photo_is_downloaded_whole(server: TelegramServer, channel: TelegramChannel) -> None:
    content = bytes(range(256)) * 2000
    update = await server.citizen().sends_photo(content, "حفرة")
    received = read_update(parse_update(json.dumps(update).encode()))
    assert isinstance(received, InboundMessage)
    download = await channel.download(received.media[0])
    assert download.media_type == "image/jpeg"
    assert b"".join([chunk async for chunk in download.chunks]) == content


async def test_a_file_above_20_mb_is_refused(server: TelegramServer, channel: TelegramChannel) -> None:
    citizen = server.citizen()
    update = await citizen.sends_document(b"x", "big.pdf", "application/pdf", size=21 * 1024 * 1024)
    file_id = update["message"]["document"]["file_id"]
    for size in (None, 21 * 1024 * 1024):  # told by getFile; told with the message
        with pytest.raises(Refused):
            await channel.download(Media(kind=MediaKind.DOCUMENT, source=file_id, size=size))


async def test_a_file_that_is_gone_is_refused(channel: TelegramChannel) -> None:
    with pytest.raises(Refused):
        await channel.download(Media(kind=MediaKind.PHOTO, source="unknown"))


async def test_the_webhook_is_set_with_our_secret(server: TelegramServer, channel: TelegramChannel) -> None:
    await channel.set_webhook("https://tawasul.example.bh")
    assert server.webhook_url == "https://tawasul.example.bh/webhooks/telegram"
    assert server.webhook_secret == SECRET
    assert server.allowed_updates == ["message", "edited_message", "callback_query"]
    with pytest.raises(Refused):
        await channel.set_webhook("http://insecure.example.bh")


def test_the_secret() -> None:
    channel = TelegramChannel("1:x", SECRET, "http://127.0.0.1:9")
    assert channel.knows_secret(SECRET)
    for wrong in (None, "", SECRET[:-1], SECRET + "x", "سر"):
        assert not channel.knows_secret(wrong)

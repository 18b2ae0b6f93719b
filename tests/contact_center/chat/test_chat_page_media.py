"""Photos, files, voice notes and places on the chat page, in a browser."""

import re
from pathlib import Path

import pytest
from chat_page import ChatPage
from chat_service import ChatService
from playwright.async_api import BrowserContext, expect
from sample_media import png


async def test_a_photo_is_shown_before_and_after_it_is_sent(service: ChatService, chat: ChatPage) -> None:
    await chat.page.locator("#open-more").tap()
    async with chat.page.expect_file_chooser() as choosing:
        await chat.page.get_by_role("button", name="صورة أو ملف", exact=True).tap()
    chooser = await choosing.value
    assert chooser.is_multiple()
    await chooser.set_files({"name": "حفرة.png", "mimeType": "image/png", "buffer": png(60, 40)})
    await expect(chat.page.locator("#tray img")).to_be_visible()
    await chat.send("هذي الحفرة")
    await expect(chat.page.locator("#tray img")).to_have_count(0)
    await chat.is_in_state("هذي الحفرة", "sent")
    await expect(chat.citizen("هذي الحفرة").locator("img")).to_be_visible()
    [stored] = await service.stored()
    assert (stored["text"], stored["media"][0]["kind"]) == ("هذي الحفرة", "photo")


async def test_a_file_can_be_taken_out_again(service: ChatService, chat: ChatPage) -> None:
    await chat.choose("a.png", "image/png", png())
    await chat.page.get_by_role("button", name="احذف a.png").tap()
    await expect(chat.page.locator("#tray li")).to_have_count(0)
    await chat.send("بدون صورة")
    await chat.is_in_state("بدون صورة", "sent")
    assert "media" not in (await service.stored())[0]


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("كبير.png", 20 * 1024 * 1024 + 1, "أكبر من 20 ميغابايت"),
        ("عقد.docx", 10, "نستقبل الصور والصوت والفيديو وملفات PDF"),
        ("رسم.svg", 10, "نستقبل الصور والصوت والفيديو وملفات PDF"),
        ("فاضي.png", 0, "ملف فاضي"),
    ],
)
async def test_a_file_that_cannot_be_sent_is_told_before_it_is_sent(
    service: ChatService, chat: ChatPage, tmp_path: Path, name: str, size: int, told: str
) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    await chat.page.set_input_files("#files", tmp_path / name)
    await expect(chat.notice).to_contain_text(told)
    await expect(chat.page.locator("#tray li")).to_have_count(0)
    assert not [address for address in chat.addresses if address.endswith("/chat/messages")]
    assert await service.stored() == []


async def test_a_file_that_is_refused_is_told_and_holds_up_nothing(service: ChatService, chat: ChatPage) -> None:
    await chat.choose("صورة.png", "image/png", b"this is no picture at all")
    await chat.send("شوفوا")
    await chat.is_in_state("شوفوا", "refused")
    await expect(chat.citizen("شوفوا").locator(".refusal")).to_contain_text("أحد الملفات ما نقدر نستقبله")
    await chat.send("بعدها")
    await chat.is_in_state("بعدها", "sent")
    await chat.page.reload()
    await chat.is_in_state("شوفوا", "refused")
    await chat.page.get_by_role("button", name="احذفها").tap()
    await expect(chat.citizen("شوفوا")).to_have_count(0)
    assert [line["text"] for line in await service.stored()] == ["بعدها"]


async def test_a_voice_note_is_recorded_and_sent(service: ChatService, chat: ChatPage) -> None:
    await chat.page.get_by_role("button", name="سجّل رسالة صوتية").tap()
    await expect(chat.page.locator("#recorded")).to_have_text("0:01")
    await chat.page.get_by_role("button", name="أرسل التسجيل").tap()
    [stored] = await service.received(1)
    assert stored["media"][0]["kind"] == "voice"
    await expect(chat.theirs.locator("audio")).to_be_visible()
    await chat.page.reload()
    await expect(chat.theirs.locator("audio")).to_be_visible()


async def test_a_recording_can_be_dropped(service: ChatService, chat: ChatPage) -> None:
    await chat.page.get_by_role("button", name="سجّل رسالة صوتية").tap()
    await chat.page.get_by_role("button", name="ألغِ التسجيل").tap()
    await expect(chat.text).to_be_visible()
    await chat.send("كتبت بدالها")
    await chat.is_in_state("كتبت بدالها", "sent")
    assert "media" not in (await service.stored())[0]


async def test_without_a_recorder_there_is_no_microphone_button(service: ChatService, context: BrowserContext) -> None:
    await context.add_init_script("delete window.MediaRecorder")
    chat = await ChatPage.opened(context, service.url)
    await expect(chat.page.locator("#record")).to_be_hidden()
    await expect(chat.page.locator("#send")).to_be_visible()
    assert chat.faults == []


async def test_a_place_is_sent_as_coordinates(service: ChatService, chat: ChatPage) -> None:
    await chat.page.locator("#open-more").tap()
    await chat.page.get_by_role("button", name="موقعي").tap()
    [stored] = await service.received(1)
    assert stored["location"] == {"lat": 26.2572, "lon": 50.6119}
    await expect(chat.theirs).to_have_text(re.compile("26.25720, 50.61190"))


async def test_a_place_that_is_refused_is_told_with_what_to_do(
    service: ChatService, chat: ChatPage, context: BrowserContext
) -> None:
    await context.clear_permissions()
    await chat.page.locator("#open-more").tap()
    await chat.page.get_by_role("button", name="موقعي").tap()
    await expect(chat.notice).to_contain_text("اكتب المنطقة ورقم المجمع والطريق")
    assert await service.stored() == []


async def test_a_slow_upload_shows_how_far_it_is(service: ChatService, chat: ChatPage, context: BrowserContext) -> None:
    network = await context.new_cdp_session(chat.page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
    await network.send("Network.emulateNetworkConditions", slow)
    await chat.choose("كبيرة.png", "image/png", png() + b"\0" * 300_000)
    await chat.send("تأخذ وقت")
    bar = chat.citizen("تأخذ وقت").get_by_role("progressbar", name="جاري رفع الملف")
    await expect(bar).to_be_visible()
    assert 0 < float(await bar.evaluate("bar => bar.value")) < 1
    await chat.is_in_state("تأخذ وقت", "sent")
    await expect(bar).to_be_hidden()
    assert len(await service.stored()) == 1

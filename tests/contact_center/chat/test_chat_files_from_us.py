"""Files that an agency sends into a chat: in the stream and the history, fetched by whoever has the chat, and shown."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from chat_page import ChatPage
from chat_service import ChatService, Person, take
from playwright.async_api import expect
from sample_media import png

from contact_center.attachments.models import Attachment
from contact_center.attachments.service import receive
from tests.contact_center.attachments.sample_files import PDF

Begin = Callable[[], Awaitable[Person]]
PHOTO = png(60, 40)


class Agency:
    """Keeps files as an officer's reply does."""

    def __init__(self, service: ChatService) -> None:
        self._service = service

    async def file(self, content: bytes, filename: str, kind: str) -> str:
        async def chunks() -> Any:
            yield content

        stored = await receive(self._service.app.state.storage, chunks())
        row = Attachment(
            source_key=uuid4().hex, kind=kind, media_type=stored.media_type, filename=filename, size=stored.size,
            sha256=stored.sha256, storage_key=stored.storage_key,
        )  # fmt: skip
        async with self._service.database.transaction() as session:
            session.add(row)
        return str(row.id)


@pytest.fixture
def agency(service: ChatService) -> Agency:
    return Agency(service)


async def test_a_line_names_its_files_only_if_it_has_any(service: ChatService, person: Begin, agency: Agency) -> None:
    someone = await person()
    photo, report = await agency.file(PHOTO, "بعد.png", "photo"), await agency.file(PDF, "تقرير.pdf", "document")
    async with someone.events() as events:
        await service.say(someone.conversation, "تم الإصلاح", role="agency", attachments=[report, photo])
        await service.say(someone.conversation, "شرايك؟")
        with_files, without = await take(events, 2)
    assert with_files["attachments"] == [
        {"id": report, "kind": "document", "media_type": "application/pdf", "filename": "تقرير.pdf"},
        {"id": photo, "kind": "photo", "media_type": "image/png", "filename": "بعد.png"},
    ]
    assert "attachments" not in without
    said, asked = await someone.history()
    assert said == {key: value for key, value in with_files.items() if key != "event_id"}
    assert "attachments" not in asked


async def test_only_whom_a_file_was_sent_to_may_fetch_it(service: ChatService, person: Begin, agency: Agency) -> None:
    someone, follower, other = await person(), await person(), await person()
    photo, unsent = await agency.file(PHOTO, "بعد.png", "photo"), await agency.file(PDF, "سري.pdf", "document")
    for told in (someone, follower):
        await service.say(told.conversation, "تم الإصلاح", role="agency", attachments=[photo])
        answer = await told.http.get(f"/chat/files/{photo}", headers=told.headers)
        assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, PHOTO, "image/png")
        assert (await told.http.get(f"/chat/files/{unsent}", headers=told.headers)).status_code == 404
    assert (await other.http.get(f"/chat/files/{photo}", headers=other.headers)).status_code == 404
    assert (await other.http.get(f"/chat/files/{photo}")).status_code == 401


async def test_a_photo_stands_in_the_bubble_and_a_pdf_is_saved_by_its_name(
    service: ChatService, chat: ChatPage, agency: Agency
) -> None:
    await chat.send("وين وصل طلبي؟")
    await chat.is_in_state("وين وصل طلبي؟", "sent")
    files = [await agency.file(PHOTO, "بعد.png", "photo"), await agency.file(PDF, "تقرير.pdf", "document")]
    await service.say(None, "تم الإصلاح", role="agency", attachments=files)
    for _ in range(2):
        bubble = chat.line("تم الإصلاح")
        await expect(bubble.locator("img")).to_be_visible()
        await expect(bubble.locator("img")).to_have_js_property("naturalWidth", 60)
        async with chat.page.expect_download() as saving:
            await bubble.get_by_role("button", name="احفظ تقرير.pdf").tap()
        download = await saving.value
        assert download.suggested_filename == "تقرير.pdf"
        assert (await download.path()).read_bytes() == PDF
        await chat.page.reload()

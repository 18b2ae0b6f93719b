"""What is not words, on Telegram and WhatsApp: each is handled or answered with a sentence, and none vanishes."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import Person
from tests.e2e.pictures import photo
from tests.e2e.system import System

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(180, func_only=True)]

ARABIC = re.compile("[\u0621-\u064a]{2,}")
VOICE = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead" + bytes(range(256)) * 20
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
VIDEO = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + bytes(5000)
PROGRAM = b"MZ\x90\x00" + bytes(2000)
PAGE = b"<html><script>alert(1)</script></html>"
TOO_LARGE = 21 * 1024 * 1024

Sending = Callable[[Any], Awaitable[Any]]


async def _poll_on_telegram(citizen: Any) -> None:
    # As the Bot API described it before version 9.6: newer libraries cannot read it.
    citizen.sends(poll={"id": "1", "question": "؟", "options": [], "total_voter_count": 0, "is_closed": False})


async def _round_video(citizen: Any) -> None:
    citizen.sends(video_note={"file_id": "x", "file_unique_id": "x", "length": 240, "duration": 3})


async def _dice(citizen: Any) -> None:
    citizen.sends(dice={"emoji": "🎲", "value": 3})


async def _poll_on_whatsapp(citizen: Any) -> None:
    citizen.sends("poll")


BOTH: dict[str, Sending] = {
    "photo": lambda citizen: citizen.sends_photo(photo()),
    "photo with words": lambda citizen: citizen.sends_photo(photo(), stories.POTHOLE.words),
    "voice": lambda citizen: citizen.sends_voice(VOICE),
    "video": lambda citizen: citizen.sends_video(VIDEO),
    "document": lambda citizen: citizen.sends_document(PDF, "تقرير.pdf", "application/pdf"),
    "location": lambda citizen: citizen.sends_location(26.153, 50.579),
    "known place": lambda citizen: citizen.sends_location(26.2285, 50.586, "باب البحرين"),
    "place abroad": lambda citizen: citizen.sends_location(51.5, -0.12),
    "somebody's contact": lambda citizen: citizen.sends_contact("+97336998877", "عيسى"),
    "sticker": lambda citizen: citizen.sends_sticker(),
    "program": lambda citizen: citizen.sends_document(PROGRAM, "photo.jpg", "image/jpeg"),
    "page": lambda citizen: citizen.sends_document(PAGE, "x.html", "text/html"),
    "nothing in it": lambda citizen: citizen.sends_document(b"", "x.pdf", "application/pdf"),
}
TELEGRAM: dict[str, Sending] = BOTH | {
    "own contact": lambda citizen: citizen.sends_contact(),
    "poll": _poll_on_telegram,
    "round video": _round_video,
    "dice": _dice,
    "too large": lambda citizen: citizen.sends_document(b"x", "film.mp4", "video/mp4", size=TOO_LARGE),
}
WHATSAPP: dict[str, Sending] = BOTH | {
    "own contact": lambda citizen: citizen.sends_contact(),
    "poll": _poll_on_whatsapp,
    "too large": lambda citizen: citizen.sends_document(bytes(TOO_LARGE), "film.mp4", "video/mp4"),
}

REFUSED = {"program", "page", "too large"}
"""Files that are not kept: the answer says so."""


async def test_everything_on_telegram_is_answered(system: System) -> None:
    people = {kind: lines.telegram(system, phone=lines.new_phone()) for kind in TELEGRAM}
    await asyncio.gather(*(_is_answered(system, people[kind], kind, TELEGRAM[kind]) for kind in TELEGRAM))


async def test_everything_on_whatsapp_is_answered(system: System) -> None:
    people = {kind: lines.whatsapp(system) for kind in WHATSAPP}
    await asyncio.gather(*(_is_answered(system, people[kind], kind, WHATSAPP[kind]) for kind in WHATSAPP))


async def _is_answered(system: System, line: Line, kind: str, sending: Sending) -> None:
    """Answered in Arabic when it is the first thing that comes, and in the midst of a complaint, which goes on."""
    person = Person(system, line, stories.POTHOLE)
    await sending(line.citizen)
    assert ARABIC.search(await person.listens()), kind
    await person.says(stories.POTHOLE.words)
    await sending(line.citizen)
    assert ARABIC.search(await person.listens()), kind
    assert kind not in REFUSED or "ما نقدر نحفظه" in person.heard or "كبير" in person.heard, (kind, person.transcript)
    await person.says("السلام عليكم")
    assert ARABIC.search(person.heard), kind


async def test_an_edited_message_on_telegram_is_answered(system: System) -> None:
    line = lines.telegram(system)
    person = Person(system, line, stories.POTHOLE)
    sent = await line.citizen.says("في حفرة كبيرة في الشارع عندنا في سند")
    await person.listens()
    await line.citizen.edits(sent, "في حفرة كبيرة في الشارع عندنا في سترة")
    assert ARABIC.search(await person.listens())


@pytest.mark.parametrize("open_line", [lines.telegram, lines.whatsapp], ids=["telegram", "whatsapp"])
async def test_files_are_on_the_case_byte_for_byte(system: System, open_line: Callable[[System], Line]) -> None:
    line = open_line(system)
    first, second = photo(90_000), photo(300)
    person = Person(system, line, stories.POTHOLE)
    await person.begins()
    while (asked := await person.expected()) != "attachments":
        await person.answers(asked)
    for sending in (
        line.citizen.sends_photo(first),
        line.citizen.sends_photo(second, "من الجهة الثانية"),
        line.citizen.sends_voice(VOICE),
        line.citizen.sends_document(PDF, "تقرير.pdf", "application/pdf"),
    ):
        await sending
        await person.listens()
    await person.says("خلصت")
    case = await system.case(await person.goes_on())
    sent = {hashlib.sha256(content).hexdigest(): len(content) for content in (first, second, VOICE, PDF)}
    assert {file["sha256"]: file["size"] for file in case["attachments"]} == sent
    assert sorted(file["kind"] for file in case["attachments"]) == ["document", "photo", "photo", "voice"]
    for digest in sent:
        kept = system.data_dir / "attachments" / digest[:2] / digest
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest

"""Photos that an officer sends with words: taken from the page's forms, shown where they were sent, kept once."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from desk import Filed, Visit
from sqlalchemy import select

from contact_center.attachments.models import Attachment
from contact_center.attachments.service import link_to_case, receive, record
from contact_center.cases.models import CaseEvent
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database
from tests.contact_center.attachments.sample_files import PDF, jpeg

KEY = "0123456789abcdef"
PHOTO = jpeg(comment=b"repaired")
MEGABYTE = 1024 * 1024


def files(*contents: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (f"بعد {number}.jpg", content, "image/jpeg")) for number, content in enumerate(contents)]


async def ours(database: Database) -> list[Attachment]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Attachment).where(Attachment.conversation_id.is_(None))))


async def told(database: Database) -> list[list[str]]:
    async with database.transaction() as session:
        sent = select(OutboxMessage).where(OutboxMessage.role == "agency").order_by(OutboxMessage.id)
        return [message.attachments for message in await session.scalars(sent)]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("reply", {"text": "أُصلحت الحفرة", "close": "true"}),
        ("interim-reply", {"text": "المادة في الطريق", "due_on": "2027-01-10"}),
        ("status", {"text": "هل هذا هو المكان؟", "status": "waiting"}),
    ],
)
async def test_photos_go_out_with_the_words_and_are_shown_beside_them(
    form: str, said: dict[str, str], visit: Visit, filed: Filed, database: Database
) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    for _ in range(2):
        answer = await omar.post(f"{page}/{form}", data=said | {"key": KEY}, files=files(PHOTO, PDF))
        assert answer.status_code == 303, answer.text
    photo, report = sorted(await ours(database), key=lambda file: file.kind, reverse=True)
    assert {photo.case_id, report.case_id} == {filed.pothole.id}
    assert await told(database) == [[str(photo.id), str(report.id)]]
    timeline = (await omar.get(page)).text.partition('<ol class="timeline">')[2]
    assert f'src="/console/attachments/{photo.id}"' in timeline
    assert f'href="/console/attachments/{report.id}"' in timeline
    assert filed.picture not in timeline
    assert (await omar.get(f"/console/attachments/{photo.id}")).content == PHOTO
    assert (await (await visit("sara")).get(f"/console/attachments/{photo.id}")).status_code == 404


async def test_a_form_without_files_is_a_form_of_words(visit: Visit, filed: Filed, database: Database) -> None:
    """A browser sends an empty part for a field in which nothing was chosen."""
    nothing = [("files", ("", b"", "application/octet-stream"))]
    address = f"/console/cases/{filed.pothole.reference}/reply"
    answer = await (await visit("omar")).post(address, data={"text": "أُصلحت", "key": KEY}, files=nothing)
    assert answer.status_code == 303
    assert await told(database) == [[]]


@pytest.mark.parametrize(
    ("form", "said", "sent", "fault"),
    [
        ("reply", {"text": "كلام بعناية"}, files(*[PHOTO] * 6), "خمسة ملفات على الأكثر"),
        ("reply", {"text": "كلام بعناية"}, files(PHOTO, b"GIF89a" + bytes(20)), "JPEG وPNG وWebP"),
        ("reply", {"text": "كلام بعناية"}, files(PHOTO, b"MZ program"), "ليس صورة"),
        ("status", {"text": " ", "status": "in_progress"}, files(PHOTO), "اكتب كلمة مع الصور"),
    ],
    ids=["six", "gif", "program", "no words"],
)
async def test_what_is_refused_keeps_the_words_and_no_file(
    form: str, said: dict[str, str], sent: Any, fault: str, visit: Visit, filed: Filed, database: Database,
    tmp_path: Path,
) -> None:  # fmt: skip
    before = sorted((tmp_path / "attachments").rglob("*"))
    page = f"/console/cases/{filed.pothole.reference}"
    answer = await (await visit("omar")).post(f"{page}/{form}", data=said | {"key": KEY}, files=sent)
    assert answer.status_code == 422
    assert fault in answer.text
    assert said["text"] in answer.text
    assert await ours(database) == []
    assert await told(database) == []
    assert sorted(path for path in (tmp_path / "attachments").rglob("*") if path.is_file()) == [
        path for path in before if path.is_file()
    ]


async def test_only_the_agency_shows_photos_to_the_citizen(visit: Visit, filed: Filed, database: Database) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    for name, form, said, status in (
        ("amal", "reply", {"text": "لا"}, 403),
        ("sara", "reply", {"text": "لا"}, 404),
        ("amal", "status", {"text": "", "status": "in_progress"}, 403),
        (None, "reply", {"text": "لا"}, 303),
    ):
        answer = await (await visit(name)).post(f"{page}/{form}", data=said | {"key": KEY}, files=files(PHOTO))
        assert answer.status_code == status, (name, form)
    assert await ours(database) == []


async def test_megabytes_are_taken_only_from_who_is_signed_in_and_only_where_files_belong(
    visit: Visit, filed: Filed, database: Database
) -> None:
    large = files(PHOTO + bytes(3 * MEGABYTE))
    page = f"/console/cases/{filed.pothole.reference}"

    async def sent(who: httpx.AsyncClient, form: str) -> int:
        return (await who.post(f"{page}/{form}", data={"text": "أُصلحت", "key": KEY}, files=large)).status_code

    omar, nobody = await visit("omar"), await visit()
    assert await sent(omar, "notes") in (400, 413)
    assert (await nobody.post(f"{page}/reply", data={"text": "x", "key": KEY}, files=large)).headers["location"]
    assert await ours(database) == []
    assert await sent(omar, "reply") == 303
    assert [file.size for file in await ours(database)] == [len(PHOTO) + 3 * MEGABYTE]
    together = files(*[PHOTO + bytes(18 * MEGABYTE)] * 3)
    assert (await omar.post(f"{page}/reply", data={"text": "x", "key": KEY[::-1]}, files=together)).status_code == 413


async def test_what_the_citizen_adds_later_stands_where_it_was_added(
    visit: Visit, filed: Filed, database: Database, app: Any
) -> None:
    async def chunks() -> Any:
        yield PHOTO

    stored = await receive(app.state.storage, chunks())
    async with database.transaction() as session:
        talk = filed.pothole.conversation_id
        assert talk is not None
        added = await record(session, talk, "two:0", "photo", "أوضح.jpg", stored)
        await link_to_case(session, filed.pothole.id, talk, [added.id])
        data = {"attachments": [str(added.id)]}
        session.add(CaseEvent(case_id=filed.pothole.id, kind="information", actor="citizen", public=True, data=data))
    text = (await (await visit("omar")).get(f"/console/cases/{filed.pothole.reference}")).text
    above, _, timeline = text.partition('<ol class="timeline">')
    assert (filed.picture in above, filed.picture in timeline) == (True, False)
    assert (str(added.id) in above, str(added.id) in timeline) == (False, True)

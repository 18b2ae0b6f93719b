"""An agency's reply with photos: kept with the case and its event once, sent on, and nothing of a refused one stays."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from contact_center.attachments.models import Attachment
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database
from tests.contact_center.attachments.sample_files import PDF, jpeg, mp4, png

BEFORE, AFTER = jpeg(comment=b"before"), png(3, 4)
Files = list[tuple[str, tuple[str, bytes, str]]]


def photos(*contents: bytes) -> Files:
    return [("files", (f"بعد {number}.jpg", content, "image/jpeg")) for number, content in enumerate(contents)]


async def reply(agency: httpx.AsyncClient, case: Case, files: Files, key: str = "1", **said: Any) -> httpx.Response:
    return await agency.post(
        f"/api/v1/cases/{case.reference}/reply",
        data={"text": "تم رفع المخلفات"} | said,
        files=files,
        headers={"Idempotency-Key": key},
    )


def stored(directory: Path) -> list[Path]:
    return [path for path in (directory / "attachments").rglob("*") if path.is_file()]


async def attachments(database: Database) -> list[Attachment]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Attachment).order_by(Attachment.filename)))


async def told(database: Database) -> list[OutboxMessage]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


async def test_photos_belong_to_the_case_and_to_the_reply_and_go_out_with_it(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    answer = await reply(agency, case, photos(BEFORE, AFTER), close="true")
    assert (answer.status_code, answer.json()["status"]) == (201, "closed")
    first, second = kept = await attachments(database)
    ids = [str(file.id) for file in kept]
    assert [(file.kind, file.media_type, file.filename) for file in kept] == [
        ("photo", "image/jpeg", "بعد 0.jpg"),
        ("photo", "image/png", "بعد 1.png"),
    ]
    assert {(file.case_id, file.conversation_id) for file in kept} == {(case.id, None)}
    assert sorted(path.read_bytes() for path in stored(tmp_path)) == sorted([BEFORE, AFTER])
    async with database.transaction() as session:
        event = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == "reply"))).one()
    assert event.data["attachments"] == ids
    answered, question = await told(database)
    assert (answered.attachments, question.attachments) == (ids, [])
    assert [(file["id"], file["from"]) for file in answer.json()["attachments"]] == [(one, "agency") for one in ids]
    assert first.sha256 != second.sha256


async def test_a_repeat_stores_nothing_twice_whatever_files_it_brings(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    await reply(agency, case, photos(BEFORE))
    assert (await reply(agency, case, photos(BEFORE))).status_code == 201
    assert (await reply(agency, case, photos(AFTER, PDF))).status_code == 201
    assert [file.media_type for file in await attachments(database)] == ["image/jpeg"]
    assert [path.read_bytes() for path in stored(tmp_path)] == [BEFORE]
    assert len([message for message in await told(database) if message.attachments]) == 1


async def test_files_of_a_refused_reply_do_not_stay(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    await agency.post(f"/api/v1/cases/{case.reference}/withdraw", json={})
    assert (await reply(agency, case, photos(BEFORE))).status_code == 409
    assert (await reply(agency, case, photos(BEFORE), text=" ")).status_code == 422
    unknown = await agency.post("/api/v1/cases/26-0000-0000/reply", data={"text": "تم"}, files=photos(BEFORE))
    assert unknown.status_code == 422
    assert stored(tmp_path) == []
    assert await attachments(database) == []


@pytest.mark.parametrize(
    ("contents", "status", "code"),
    [
        ([BEFORE] * 6, 422, "too_many_files"),
        ([BEFORE, mp4(b"isom")], 422, "file_not_sent"),
        ([BEFORE, mp4(b"heic")], 422, "file_not_sent"),
        ([BEFORE, b"<html><script>"], 422, "file_rejected"),
        ([BEFORE, jpeg() + b"PK\x05\x06" + bytes(18)], 422, "file_rejected"),
        ([BEFORE, b""], 422, "file_rejected"),
        ([BEFORE, jpeg() + bytes(20 * 1024 * 1024)], 422, "file_rejected"),
        ([jpeg() + bytes(18 * 1024 * 1024)] * 3, 413, "too_large"),
    ],
    ids=["six", "video", "heic", "page", "archive", "empty", "large", "together"],
)
async def test_what_cannot_be_sent_refuses_the_whole_reply(
    contents: list[bytes], status: int, code: str, agency: httpx.AsyncClient, database: Database, case: Case,
    tmp_path: Path,
) -> None:  # fmt: skip
    answer = await reply(agency, case, photos(*contents))
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert stored(tmp_path) == []
    assert await told(database) == []


async def test_a_pdf_goes_as_a_document_and_an_interim_reply_takes_files_too(
    agency: httpx.AsyncClient, database: Database, case: Case
) -> None:
    answer = await agency.post(
        f"/api/v1/cases/{case.reference}/interim-reply",
        data={"text": "ننتظر قطعة غيار", "due_on": "2027-01-10"},
        files=[("files", ("../تقرير.exe", PDF, "image/png"))],
    )
    assert answer.status_code == 201, answer.text
    (file,) = await attachments(database)
    assert (file.kind, file.media_type, file.filename) == ("document", "application/pdf", "تقرير.pdf")
    assert [message.attachments for message in await told(database)] == [[str(file.id)]]


async def test_json_is_read_as_before(agency: httpx.AsyncClient, database: Database, case: Case) -> None:
    address = f"/api/v1/cases/{case.reference}/reply"
    refused: list[tuple[dict[str, Any], int]] = [
        ({"content": b"{"}, 400),
        ({"content": b""}, 422),
        ({"json": {}}, 422),
        ({"json": {"text": ""}}, 422),
        ({"json": {"text": "تم", "files": ["x"]}}, 422),
        ({"json": {"text": "تم", "close": "perhaps"}}, 422),
    ]
    for body, status in refused:
        answer = await agency.post(address, **body)
        assert (answer.status_code, answer.json()["error"]) == (status, "invalid"), body
    assert (await agency.post(address, json={"text": "تم", "close": True})).json()["status"] == "closed"
    async with database.transaction() as session:
        event = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == "reply"))).one()
    assert "attachments" not in event.data


async def test_nobody_without_a_key_gets_a_form_read(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    del agency.headers["Authorization"]
    assert (await reply(agency, case, photos(BEFORE))).status_code == 401
    assert stored(tmp_path) == []


async def test_the_api_tells_of_both_forms(agency: httpx.AsyncClient) -> None:
    described = (await agency.get("/api/v1/openapi.json")).json()
    content = described["paths"]["/api/v1/cases/{reference}/reply"]["post"]["requestBody"]["content"]
    assert set(content["application/json"]["schema"]["properties"]) == {"text", "close", "outcome"}
    assert set(content["multipart/form-data"]["schema"]["properties"]) == {"text", "close", "outcome", "files"}
    assert "$ref" not in str(content), "there is nothing to refer to"


async def test_equal_photos_of_two_cases_are_one_file_on_the_disk(
    agency: httpx.AsyncClient, database: Database, case: Case, tmp_path: Path
) -> None:
    await reply(agency, case, photos(BEFORE, BEFORE))
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Attachment)) == 2
        await session.execute(update(Case).values(status="reopened"))
    await reply(agency, case, photos(BEFORE), key="2")
    assert [path.read_bytes() for path in stored(tmp_path)] == [BEFORE]

"""What a client may send to the web chat, and what it is told when it may not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from chat_service import ChatService, Person
from sample_media import PDF, WEBM_SOUND, png

Begin = Callable[[], Awaitable[Person]]


async def test_a_session_is_a_conversation_with_a_token_that_no_cache_keeps(http: httpx.AsyncClient) -> None:
    response = await http.post("/chat/sessions")
    assert response.status_code == 201
    assert set(response.json()) == {"conversation", "token"}
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ({"text": "الكهرباء طافية من الصبح"}, {"text": "الكهرباء طافية من الصبح"}),
        ({"payload": "b1.0"}, {"button": "b1.0"}),
        ({"location": {"lat": 26.2, "lon": 50.5}}, {"location": {"lat": 26.2, "lon": 50.5}}),
        ({"text": "😀" * 10_000}, {"text": "😀" * 10_000}),
        ({"text": '/file_case{"x":1}'}, {"text": '/file_case{"x":1}'}),
    ],
    ids=["text", "payload", "location", "10,000 emoji", "what looks like a payload"],
)
async def test_a_message_is_stored_as_it_was_said(
    service: ChatService, person: Begin, body: dict[str, Any], content: dict[str, Any]
) -> None:
    someone = await person()
    response = await someone.post("k1", json=body)
    assert (response.status_code, response.json()) == (202, {"id": "k1"})
    [stored] = await service.stored()
    expected = {"channel": "webchat", "address": someone.conversation, "provider_id": f"{someone.conversation}:k1"}
    assert stored == expected | content


@pytest.mark.parametrize(
    ("status", "request_body"),
    [
        (400, {"content": b"not json"}),
        (400, {"content": b"\xff\xfe"}),
        (400, {"content": b""}),
        (400, {"content": b"no boundary", "headers": {"Content-Type": "multipart/form-data"}}),
        (400, {"content": b"--y\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}),
        (400, {"files": [("file", (f"{n}.png", b"x", "image/png")) for n in range(11)]}),
        (422, {"json": {}}),
        (422, {"json": []}),
        (422, {"json": {"text": ""}}),
        (422, {"json": {"text": "ا" * 10_001}}),
        (422, {"json": {"text": "a", "payload": "b1.0"}}),
        (422, {"json": {"text": "a", "role": "agent"}}),
        (422, {"json": {"location": {"lat": 91, "lon": 0}}}),
        (422, {"content": b'{"location": {"lat": NaN, "lon": 0}}'}),
        (422, {"files": {"other": b"x"}}),
        (422, {"files": {"file": ("a.png", png())}, "data": {"text": "ا" * 10_001}}),
        (413, {"content": b'{"text": "' + b"a" * 300_000 + b'"}'}),
    ],
)
async def test_a_body_that_cannot_be_used_is_refused_and_leaves_nothing(
    service: ChatService, person: Begin, status: int, request_body: dict[str, Any]
) -> None:
    someone = await person()
    response = await someone.post(**request_body)
    assert response.status_code == status, response.text
    assert set(response.json()) == {"error", "message"}
    assert await service.stored() == []


async def test_a_body_that_does_not_tell_its_size_is_measured_on_its_way(service: ChatService, person: Begin) -> None:
    async def chunked(size: int) -> AsyncIterator[bytes]:
        yield b'{"text": "'
        for _ in range(size):
            yield b"a" * 1000
        yield b'"}'

    someone = await person()
    assert (await someone.post(content=chunked(300))).status_code == 413
    assert await service.stored() == []
    assert (await someone.post(content=chunked(9))).status_code == 202


@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer nonsense", "Basic abc"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/chat/messages"), ("GET", "/chat/history"), ("GET", "/chat/events"), ("GET", "/chat/files/{id}")],
)
async def test_without_the_token_of_a_chat_there_is_none(
    http: httpx.AsyncClient, method: str, path: str, token: str | None
) -> None:
    path = path.format(id="00000000-0000-0000-0000-000000000000")
    headers = {} if token is None else {"Authorization": token}
    response = await http.request(method, path, json={"text": "a"}, headers=headers)
    assert response.status_code == 401


async def test_a_repeat_with_the_same_key_is_one_message_even_at_once(service: ChatService, person: Begin) -> None:
    someone = await person()
    answers = await asyncio.gather(*(someone.post("same", json={"text": "مرة وحدة"}) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {202}
    assert len(await service.stored()) == 1


async def test_the_same_key_in_another_chat_is_another_message(service: ChatService, person: Begin) -> None:
    one, other = await person(), await person()
    await one.say("أنا الأول", key="k")
    await other.say("أنا الثاني", key="k")
    assert [line["text"] for line in await one.history()] == ["أنا الأول"]
    assert [line["text"] for line in await other.history()] == ["أنا الثاني"]


async def test_files_come_with_their_words_and_are_kept_once(service: ChatService, person: Begin) -> None:
    someone = await person()
    files = [
        ("file", ("حفرة.png", png(), "image/png")),
        ("file", ("voice.webm", WEBM_SOUND, "audio/webm")),
        ("file", ("رسالة.pdf", PDF, "application/pdf")),
    ]
    for _ in range(2):
        response = await someone.post("k", files=files, data={"text": "شوفوا الحفرة"})
        assert response.status_code == 202
    [stored] = await service.stored()
    assert stored["text"] == "شوفوا الحفرة"
    assert [part["kind"] for part in stored["media"]] == ["photo", "voice", "document"]
    assert [part["filename"] for part in stored["media"]] == ["حفرة.png", "voice.webm", "رسالة.pdf"]


@pytest.mark.parametrize(
    ("status", "code", "content"),
    [
        (422, "file_unknown_type", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (422, "file_empty", b""),
        (413, "file_too_large", png() + b"\0" * (20 * 1024 * 1024)),
        (413, "too_large", b"\0" * (25 * 1024 * 1024)),
    ],
    ids=["svg", "empty", "20 MB", "25 MB"],
)
async def test_a_message_with_a_file_that_is_not_taken_is_refused_whole(
    service: ChatService, person: Begin, status: int, code: str, content: bytes
) -> None:
    someone = await person()
    files = [("file", ("good.png", png(), "image/png")), ("file", ("bad.png", content, "image/png"))]
    response = await someone.post(files=files, data={"text": "صورتين"})
    assert (response.status_code, response.json()["error"]) == (status, code)
    assert await service.stored() == []


async def test_a_sent_file_is_shown_to_its_sender_only(person: Begin, http: httpx.AsyncClient) -> None:
    sender, other = await person(), await person()
    await sender.post(files={"file": ("a.png", png(), "text/html")})
    [line] = await sender.history()
    path = f"/chat/files/{line['media'][0]['id']}"
    shown = await http.get(path, headers=sender.headers)
    assert (shown.content, shown.headers["content-type"]) == (png(), "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert (await http.get(path, headers=other.headers)).status_code == 404

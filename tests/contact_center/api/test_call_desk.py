"""The call desk and the state of conversations over HTTP. (What the assistant answers is driven in tests/e2e.)"""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from contact_center.accounts.api_keys import create_key
from contact_center.app import create_app
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database
from contact_center.settings import Settings


@pytest.fixture
async def desk(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A telephone system with a key of its own."""
    settings = Settings(_env_file=None, database_url=database_url, data_dir=tmp_path)
    async with database.transaction() as session:
        key = await create_key(session, "telephone system", actor="test")
    app = create_app(settings)
    headers = {"Authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client,
    ):
        yield client


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no worker here: do not wait for its answer."""
    monkeypatch.setattr("contact_center.api.calls.ANSWER_SECONDS", 0.05)


async def call(desk: httpx.AsyncClient, phone: str | None = "36112233") -> str:
    response = await desk.post("/api/v1/calls", json={"phone": phone})
    assert response.status_code == 201
    return str(response.json()["conversation"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [("36112233", "+97336112233"), ("٣٦١١٢٢٣٣", "+97336112233"), ("+966501234567", "+966501234567"), (None, None)],
)
async def test_a_call_begins_with_the_callers_number_in_any_writing(
    desk: httpx.AsyncClient, database: Database, written: str | None, kept: str | None
) -> None:
    conversation = await call(desk, written)
    async with database.transaction() as session:
        begun = (await session.execute(select(Conversation))).scalar_one()
    assert (str(begun.id), begun.channel, begun.caller_phone) == (conversation, "call_center", kept)


async def test_what_is_no_number_is_refused_with_a_sentence(desk: httpx.AsyncClient) -> None:
    response = await desk.post("/api/v1/calls", json={"phone": "جار المتصل"})
    assert response.status_code == 422
    assert "هاتف" in response.json()["message"]


async def test_two_calls_from_one_number_are_two_conversations(desk: httpx.AsyncClient) -> None:
    assert await call(desk) != await call(desk)


async def test_what_the_caller_says_is_kept_once_per_key(desk: httpx.AsyncClient, database: Database) -> None:
    conversation = await call(desk)
    for _ in range(3):
        response = await desk.post(
            f"/api/v1/calls/{conversation}/messages", json={"text": "حفرة"}, headers={"Idempotency-Key": "1"}
        )
        assert response.status_code == 202
    async with database.transaction() as session:
        assert len((await session.execute(select(InboxMessage))).scalars().all()) == 1


async def test_the_assistants_side_is_read_with_tokens_for_buttons(desk: httpx.AsyncClient, database: Database) -> None:
    conversation = await call(desk)
    async with database.transaction() as session:
        begun = (await session.execute(select(Conversation))).scalar_one()
        await outbox.say(session, begun, "صح؟", buttons=[{"title": "نعم", "payload": "/affirm"}], expects="category")
    (line,) = (await desk.get(f"/api/v1/calls/{conversation}/messages")).json()
    assert (line["role"], line["text"], line["expects"]) == ("assistant", "صح؟", "category")
    assert line["buttons"][0]["title"] == "نعم"
    assert "/" not in line["buttons"][0]["payload"]
    assert (await desk.get(f"/api/v1/calls/{conversation}/messages", params={"after": line["id"]})).json() == []


async def test_only_known_fields_of_the_draft_are_set(desk: httpx.AsyncClient) -> None:
    conversation = await call(desk)
    refused = await desk.patch(f"/api/v1/calls/{conversation}/draft", json={"status": "closed"})
    assert refused.status_code == 422
    taken = await desk.patch(f"/api/v1/calls/{conversation}/draft", json={"area": "سند", "block": None})
    assert taken.status_code == 200


async def test_the_state_is_there_from_the_first_message_on(desk: httpx.AsyncClient) -> None:
    conversation = await call(desk)
    where = {"channel": "call_center", "address": conversation}
    assert (await desk.get("/api/v1/conversations", params=where)).status_code == 404
    await desk.post(f"/api/v1/calls/{conversation}/messages", json={"text": "حفرة"})
    state = (await desk.get("/api/v1/conversations", params=where)).json()
    assert state == {"conversation": conversation, "mode": "assistant", "expects": None, "draft": {}}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/calls", {"phone": None}),
        ("GET", f"/api/v1/calls/{UUID(int=1)}/messages", None),
        ("PATCH", f"/api/v1/calls/{UUID(int=1)}/draft", {}),
        ("GET", "/api/v1/conversations?channel=sms&address=1", None),
        ("POST", "/api/v1/cases/26-0000-0000/reply", {"text": "تم"}),
    ],
)
async def test_without_a_key_nothing_is_told(
    desk: httpx.AsyncClient, method: str, path: str, body: dict[str, object] | None
) -> None:
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer tws_wrong"}):
        assert (await desk.request(method, path, json=body, headers=headers)).status_code == 401


async def test_an_unknown_call_is_not_found(desk: httpx.AsyncClient) -> None:
    response = await desk.post(f"/api/v1/calls/{uuid4()}/messages", json={"text": "هلا"})
    assert response.status_code == 404


@pytest.mark.parametrize("body", [b"{", b"", b"[1]", b"{}", b'{"text": ""}', b'{"text": "a", "x": 1}'])
async def test_bodies_that_cannot_be_used_are_400_or_422(desk: httpx.AsyncClient, body: bytes) -> None:
    conversation = await call(desk)
    response = await desk.post(
        f"/api/v1/calls/{conversation}/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in (400, 422)

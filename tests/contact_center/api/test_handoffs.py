"""People who wait for a human being, over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from contact_center.accounts import service as accounts
from contact_center.accounts import sessions
from contact_center.accounts.api_keys import create_key
from contact_center.accounts.queries import account_named
from contact_center.app import create_app
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.conversations import handoff, inbox
from contact_center.database import Database
from contact_center.settings import Settings


@pytest.fixture
async def console(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a key, and two agents."""
    settings = Settings(_env_file=None, database_url=database_url, data_dir=tmp_path)
    async with database.transaction() as session:
        key = await create_key(session, "console", actor="test")
        for name in ("noora", "ali"):
            await accounts.create_account(session, name, "agent", actor="test")
    app = create_app(settings)
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", headers=headers) as client,
    ):
        yield client


@pytest.fixture
async def waiting(database: Database) -> list[str]:
    """Two conversations that wait, longest first."""
    found = []
    for address in ("1", "2"):
        async with database.transaction() as session:
            message = InboundMessage(
                channel=ChannelCode.TELEGRAM, address=address, provider_id=f"m{address}", text="ابي موظف"
            )
            conversation = await inbox.conversation_for(session, message)
            await inbox.store(session, conversation, message)
            await handoff.request(session, conversation.id, "request", language="ar", source_message_id=str(uuid4()))
            found.append(str(conversation.id))
    return found


async def test_who_waits_longest_comes_first(console: httpx.AsyncClient, waiting: list[str]) -> None:
    listed = (await console.get("/api/v1/handoffs")).json()
    assert [one["conversation"] for one in listed] == waiting
    assert {key: listed[0][key] for key in ("channel", "reason", "language", "status", "agent")} == {
        "channel": "telegram", "reason": "request", "language": "ar", "status": "waiting", "agent": None,
    }  # fmt: skip


async def test_taken_answered_and_given_back(console: httpx.AsyncClient, waiting: list[str]) -> None:
    first = f"/api/v1/conversations/{waiting[0]}"
    taken = await console.post(f"{first}/take", json={"agent": "noora"})
    assert (taken.status_code, taken.json()["agent"], taken.json()["status"]) == (200, "noora", "active")
    state = (await console.get("/api/v1/conversations", params={"channel": "telegram", "address": "1"})).json()
    assert state["mode"] == "agent"
    assert [one["conversation"] for one in (await console.get("/api/v1/handoffs")).json()] == waiting[1:]
    assert (await console.post(f"{first}/messages", json={"text": "هلا فيك"})).status_code == 201
    assert (await console.post(f"{first}/release")).json()["mode"] == "assistant"
    assert (await console.post(f"{first}/release")).status_code == 409


async def test_two_agents_never_hold_the_same(console: httpx.AsyncClient, waiting: list[str]) -> None:
    first = f"/api/v1/conversations/{waiting[0]}"
    assert (await console.post(f"{first}/take", json={"agent": "noora"})).status_code == 200
    refused = await console.post(f"{first}/take", json={"agent": "ali"})
    assert (refused.status_code, refused.json()["error"]) == (409, "conflict")


async def test_the_next_one_passed_on_and_ended(
    console: httpx.AsyncClient, waiting: list[str], database: Database
) -> None:
    away = await console.post("/api/v1/handoffs/next", json={"agent": "noora"})
    assert (away.status_code, away.json()["error"]) == (409, "agent_away")
    async with database.transaction() as session:
        for name in ("noora", "ali"):
            await accounts.set_duty(session, name, on=True, actor="test")
    taken = [(await console.post("/api/v1/handoffs/next", json={"agent": "noora"})).json() for _ in range(3)]
    assert [one and one["conversation"] for one in taken] == [*waiting, None]
    first = f"/api/v1/conversations/{waiting[0]}"
    passed = await console.post(f"{first}/transfer", json={"agent": "ali"})
    assert (passed.status_code, passed.json()["agent"]) == (200, "ali")
    for body, status in (({"outcome": "x"}, 422), ({"outcome": "informed"}, 200), ({"outcome": "informed"}, 409)):
        assert (await console.post(f"{first}/resolve", json=body)).status_code == status


async def test_an_agent_who_is_signed_in_acts_for_nobody_else(
    console: httpx.AsyncClient, waiting: list[str], database: Database
) -> None:
    first = f"/api/v1/conversations/{waiting[0]}"
    await console.post(f"{first}/take", json={"agent": "noora"})
    async with database.transaction() as session:
        ali = await account_named(session, "ali")
        assert ali
        cookie = await sessions.start(session, ali)
    signed_in = {"Authorization": "", "Cookie": f"tawasul_staff={cookie}", "Origin": "http://test"}
    deeds = {
        "messages": {"text": "هلا"},
        "transfer": {"agent": "ali"},
        "resolve": {"outcome": "filed"},
        "release": None,
    }
    for deed, body in deeds.items():
        assert (await console.post(f"{first}/{deed}", json=body, headers=signed_in)).status_code == 409, deed
    assert (await console.post(f"{first}/messages", json={"text": "هلا"})).status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("take", {"agent": "nobody"}, 422),
        ("take", {}, 422),
        ("messages", {"text": "هلا"}, 409),
        ("messages", {"text": ""}, 422),
        ("release", None, 409),
    ],
)
async def test_what_cannot_be_done_is_refused(
    console: httpx.AsyncClient, waiting: list[str], path: str, body: dict[str, str] | None, status: int
) -> None:
    assert (await console.post(f"/api/v1/conversations/{waiting[0]}/{path}", json=body)).status_code == status


async def test_an_unknown_conversation_is_not_found(console: httpx.AsyncClient) -> None:
    unknown = await console.post(f"/api/v1/conversations/{UUID(int=0)}/take", json={"agent": "noora"})
    assert unknown.status_code == 404


async def test_nobody_comes_in_without_a_key(console: httpx.AsyncClient) -> None:
    assert (await console.get("/api/v1/handoffs", headers={"Authorization": ""})).status_code == 401

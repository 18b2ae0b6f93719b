"""Contract: calls recorded from Rasa 3.6.21 are answered by today's rasa-sdk server, over HTTP, as Rasa wants them."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
import yaml
from sqlalchemy import make_url

from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.settings import ROOT
from tests.ports import claimed_port

RECORDED = Path(__file__).with_name("recorded")
DOMAIN = json.loads((RECORDED / "domain.json").read_text(encoding="utf-8"))
CALLS = [json.loads(line) for line in (RECORDED / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
READY_SECONDS = 200


@pytest.fixture(scope="module")
def own_database(postgres: str, template: str) -> str:
    """The URL of a migrated database for all tests here."""
    name = f"recorded_{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def server(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The rasa-sdk server over our actions, as it is started in production, on a free port."""
    directory = tmp_path_factory.mktemp("actions")
    port = claimed_port()
    environment = os.environ | {"TAWASUL_DATABASE_URL": own_database, "TAWASUL_DATA_DIR": str(directory)}
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    with (directory / "actions.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=1).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError("the action server did not start")


@pytest.fixture(scope="module")
async def client(server: str, own_database: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server; the recorded conversation is known to the database."""
    database = Database(own_database, pool_size=1)
    async with database.transaction() as session:
        phone = "+97336005577"
        identity = await identity_for(session, "whatsapp", phone, "فاطمة", phone)
        conversation = UUID(CALLS[0]["sender_id"])
        session.add(Conversation(id=conversation, channel="whatsapp", address=phone, identity_id=identity.id))
    await database.close()
    async with httpx.AsyncClient(base_url=server, timeout=20) as client:
        yield client


async def replay(client: httpx.AsyncClient, call: dict[str, Any]) -> dict[str, Any]:
    """Send a recorded call; its answer, which has the form that Rasa 3.6.21 checks."""
    response = await client.post("/webhook", json={**call, "domain": DOMAIN})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert isinstance(answer["events"], list)
    assert isinstance(answer["responses"], list)
    assert all(isinstance(event["event"], str) for event in answer["events"])
    assert all(isinstance(said, dict) for said in answer["responses"])
    return answer


def call_of(action: str, number: int = 0) -> dict[str, Any]:
    return [call for call in CALLS if call["next_action"] == action][number]


def slots_of(answer: dict[str, Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in answer["events"] if event["event"] == "slot"}


async def test_every_action_of_the_domain_is_there(client: httpx.AsyncClient) -> None:
    known = {action["name"] for action in (await client.get("/actions")).json()}
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert known == set(domain["actions"])


async def test_a_conversation_is_answered_call_by_call(client: httpx.AsyncClient) -> None:
    for call in CALLS:
        assert call["version"] == "3.6.21"
        await replay(client, call)


async def test_the_first_message_is_read(client: httpx.AsyncClient) -> None:
    slots = slots_of(await replay(client, call_of("action_validate_slot_mappings")))
    assert slots["description"] == "في طفح مجاري في سند مجمع 643 صار له اسبوع"
    assert (slots["area"], slots["block"], slots["governorate"]) == ("سند", "643", "capital")


async def test_a_message_is_not_read_again_when_it_opens_the_form(client: httpx.AsyncClient) -> None:
    opening = call_of("action_validate_slot_mappings", 1)
    assert opening["tracker"]["active_loop"]["name"] == "case_form"
    assert (await replay(client, opening))["events"] == []


async def test_a_case_is_filed_once_and_its_status_read_back(client: httpx.AsyncClient) -> None:
    first, again = [await replay(client, call_of("action_file_case")) for _ in range(2)]
    assert first == again
    reference = slots_of(first)["last_reference"]
    assert reference in first["responses"][0]["text"]
    asking = json.loads(json.dumps(call_of("action_case_status")))
    asking["tracker"]["slots"]["reference"] = reference.replace("-", "")
    (said, *_) = (await replay(client, asking))["responses"]
    assert reference in said["text"]
    assert "طفح مجاري" in said["text"]


async def test_an_unknown_action_is_an_error_and_no_answer(client: httpx.AsyncClient) -> None:
    response = await client.post("/webhook", json={**CALLS[0], "domain": DOMAIN, "next_action": "action_nothing"})
    assert response.status_code == 404

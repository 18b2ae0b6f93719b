from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig
from running_rasa import Process, actions

from bot import tuning
from bot.channel import _reply
from bot.incoming import Incoming
from bot.tracker_store import ConversationStore
from tests.ports import claimed_port

# Payloads, so that this is about rules and forms and not about a model trained on a few sentences.
CONVERSATION = [
    "/greet",
    "/greet",
    "/greet",
    "/report_complaint",
    "حفرة في الشارع",
    '/greet{"area": "سترة"}',
    "/cancel",
    "/greet",
    "/report_complaint",
    "/emergency",
    "/emergency",
    "/emergency",
    "أحمد",
    "/greet",
    "/report_complaint",
    "كهرباء",
    "/affirm",
    "/affirm",
    "/affirm",
    "/affirm",
    "/nlu_fallback",
    '/inform{"area": "المحرق"}',
    "/cancel",
    "/greet",
    "/emergency",
]


@pytest.fixture(scope="module")
def action_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Any:
    port = claimed_port()
    with actions(port, tmp_path_factory.mktemp("actions")) as server:
        assert isinstance(server, Process)
        yield EndpointConfig(f"http://127.0.0.1:{port}/webhook")


async def answers(model: Path, endpoint: EndpointConfig, turns_kept: int) -> tuple[list[Any], ConversationStore]:
    tuning.apply()
    store = ConversationStore(None, turns_kept=turns_kept)
    agent = Agent.load(model, tracker_store=store, action_endpoint=endpoint)
    replies = []
    for number, said in enumerate(CONVERSATION):
        text, payload = (None, said) if said.startswith("/") else (said, None)
        replies.append(await _reply(agent, Incoming("c", str(number), text, payload, {})))
    return replies, store


async def test_a_pruned_conversation_goes_on_as_the_whole_one_would(model: Path, action_endpoint: Any) -> None:
    whole, store = await answers(model, action_endpoint, turns_kept=100)
    all_events = len((await store.retrieve("c")).events)
    for turns_kept in (1, 2, 3):
        short, store = await answers(model, action_endpoint, turns_kept)
        assert short == whole
        assert len((await store.retrieve("c")).events) < all_events / 2


def test_the_conversation_above_fills_forms(model: Path, action_endpoint: Any) -> None:
    """Else the test before would say little."""
    replies, _ = asyncio.run(answers(model, action_endpoint, turns_kept=100))
    assert {"description", "area", "contact_name", None} == {reply["expects"] for reply in replies}
    assert any("filed" in message["text"] for reply in replies for message in reply["messages"])

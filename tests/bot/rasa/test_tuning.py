from __future__ import annotations

import asyncio
import importlib.metadata
from collections.abc import Callable, Iterator
from typing import Any

import dask
import jsonschema
import pytest
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig
from running_rasa import actions
from small_assistant import SMALL
from threadpoolctl import threadpool_info

from bot import tuning
from bot.tracker_store import ConversationStore
from bot.turn import Replies, Turn, TurnFailed, current_turn
from tests.ports import claimed_port

tuning.apply()


def test_rasa_is_the_version_that_was_tuned() -> None:
    """After an upgrade: read bot/tuning.py, see what still needs changing, then put the new version here."""
    assert importlib.metadata.version("rasa") == "3.6.21"


def test_applying_twice_changes_nothing_more() -> None:
    before = RemoteAction.run, RulePolicy._find_action_from_rules
    tuning.apply()
    assert (RemoteAction.run, RulePolicy._find_action_from_rules) == before


@pytest.fixture
def turn() -> Iterator[Turn]:
    token = current_turn.set(Turn("1", {}, Replies("telegram")))
    yield current_turn.get()
    current_turn.reset(token)


def nobody() -> EndpointConfig:
    return EndpointConfig(f"http://127.0.0.1:{claimed_port()}/webhook")


async def run(action: Any, tracker: DialogueStateTracker, domain: Domain) -> Any:
    return await action.run(CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, domain)


async def test_an_unreachable_action_fails_the_turn(turn: Turn) -> None:
    tracker = DialogueStateTracker("c", [])
    with pytest.raises(TurnFailed, match="action_x failed"):
        await run(RemoteAction("action_x", nobody()), tracker, Domain.empty())


async def test_outside_of_the_gateway_it_is_rasas_own_error() -> None:
    with pytest.raises(RasaException):
        await run(RemoteAction("action_x", nobody()), DialogueStateTracker("c", []), Domain.empty())


async def test_a_failing_slot_mapping_is_not_swallowed(turn: Turn) -> None:
    """Rasa logs a warning there and leaves the slot as it was."""
    domain = Domain.from_yaml(
        "version: '3.1'\nactions: [action_x]\nslots:\n  s:\n    type: text\n    mappings:\n"
        "    - {type: custom, action: action_x}\n"
    )
    tracker = DialogueStateTracker("c", domain.slots)
    tracker.update(UserUttered("هلا", {"name": "greet"}))
    with pytest.raises(TurnFailed):
        await run(ActionExtractSlots(nobody()), tracker, domain)


async def test_a_kept_connection_outlives_the_action_server(tmp_path: Any, turn: Turn) -> None:
    port = claimed_port()
    endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
    action, tracker = RemoteAction("action_say_nothing", endpoint), DialogueStateTracker("c", [])
    for _ in range(2):
        with actions(port, tmp_path):
            await asyncio.sleep(0.1)  # while the server started the loop stood still; it hears of the old one's end now
            for _ in range(2):
                assert await run(action, tracker, Domain.empty()) == []
            (session,) = endpoint.kept_sessions.values()
            assert len(session.connector._conns) == 1
    with pytest.raises(TurnFailed):
        await run(action, tracker, Domain.empty())
    await tuning.close_sessions(endpoint)
    assert session.closed


@pytest.mark.parametrize(("listed", "sent"), [("action_x", False), ("{action_x: {send_domain: true}}", True)])
def test_the_domain_is_sent_to_actions_that_ask_for_it(listed: str, sent: bool) -> None:
    domain = Domain.from_yaml(f"version: '3.1'\nintents: [greet]\nactions:\n- {listed}\n")
    call = RemoteAction("action_x", None)._action_call_format(DialogueStateTracker("c", []), domain)
    assert call["domain"] == (domain.as_dict() if sent else {})
    assert call["next_action"] == "action_x"


def test_the_store_is_not_wrapped() -> None:
    store = ConversationStore(None)
    agent = Agent(domain=Domain.load(SMALL / "domain.yml"), tracker_store=store)
    assert agent.tracker_store is store
    assert store.domain is agent.domain
    assert isinstance(Agent().tracker_store, InMemoryTrackerStore)


ANSWERS: list[Any] = [
    {"events": [], "responses": []},
    {},
    {"events": [{"event": "slot", "name": "area", "value": "سترة", "timestamp": None}], "responses": [{"text": "هلا"}]},
    {"events": [{"event": "slot", "timestamp": None, "name": "a", "value": {"b": [1]}}]},
    {"events": [{"event": "no such event"}]},
    {"events": "none", "responses": []},
    {"responses": ["هلا"]},
    [],
    None,
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_are_judged_as_rasa_judges_them(answer: Any) -> None:
    theirs = complaint(jsonschema.validate, answer, RemoteAction.action_response_format_spec())
    ours = complaint(RemoteAction("action_x", None)._validate_action_result, answer)
    assert (ours or "").partition(". Failed to validate")[0] == (theirs or "")


def complaint(judge: Callable[..., Any], *arguments: Any) -> str | None:
    try:
        judge(*arguments)
    except jsonschema.ValidationError as error:
        return error.message
    return None


def test_the_nodes_give_what_dask_has_them_give(model: Any) -> None:
    agent = Agent.load(model)
    runner = agent.processor.graph_runner
    message = {"__message__": [UserMessage("طفح مجاري في سند", metadata={})]}
    targets = [agent.processor.model_metadata.nlu_target]
    ours = runner.run(dict(message), targets)
    theirs = dict(
        dask.get(
            runner._build_dask_graph(runner._graph_schema.minimal_graph_schema(targets)) | with_names(message), targets
        )
    )
    (ours_parsed,), (theirs_parsed,) = ours[targets[0]], theirs[targets[0]]
    assert ours.keys() == theirs.keys()
    assert ours_parsed.as_dict(only_output_properties=True) == theirs_parsed.as_dict(only_output_properties=True)


def with_names(inputs: dict[str, Any]) -> dict[str, Any]:
    return {name: (name, value) for name, value in inputs.items()}


def test_a_message_keeps_its_fingerprint_until_it_changes() -> None:
    message = Message.build("هلا", "greet")
    before = message.fingerprint()
    message.set("intent", "greet")
    assert message._cached_fingerprint == before
    message.set("intent", "goodbye")
    assert message.fingerprint() != before
    message.set("intent", "goodbye", add_to_output=True)
    assert message.as_dict(only_output_properties=True)["intent"] == "goodbye"


def test_matrices_are_multiplied_on_one_core() -> None:
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_rules_without_words_are_not_searched_for_words(model: Any) -> None:
    """What is left out would have found nothing."""
    agent = Agent.load(model)
    node = next(name for name in agent.processor.model_metadata.predict_schema.nodes if "RulePolicy" in name)
    policy = agent.processor.graph_runner._instantiated_nodes[node]._component
    tracker = DialogueStateTracker("c", agent.domain.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered("السلام عليكم", {"name": "greet", "confidence": 1.0}))
    search = RulePolicy._find_action_from_rules
    assert search.__wrapped__(policy, tracker, agent.domain, True)[0] is None
    assert search(policy, tracker, agent.domain, True) == (None, None, False)
    assert search(policy, tracker, agent.domain, False)[0] == "utter_greet"
    in_words = '[{"prev_action": {"action_name": "action_listen"}, "user": {"text": "السلام عليكم"}}]'
    policy.lookup = {**policy.lookup, "rules": {**policy.lookup["rules"], in_words: "utter_cancelled"}}
    assert search(policy, tracker, agent.domain, True)[0] == "utter_cancelled"

"""Each thing changed in Rasa 3.6.21, and why. tests/bot/rasa/test_tuning.py fails when an upgrade moves one of them.

- A failing action fails the turn. Rasa logs the failure and goes on as if the action had done nothing, so a case that
  was not filed would be confirmed.
- No fallback to memory. Rasa keeps a conversation in memory when its store fails, and the next process knows nothing
  of it.
- Answers of the action server are checked by a compiled validator (jsonschema-rs). Rasa checks its own constant schema
  each time: two thirds of its work in a turn with one action.
- The nodes of the model run one after the other in an order found once. Rasa has dask plan them anew for each message
  and each decision: an eighth of what is left.
- The connection to the action server is kept, and the domain is sent only to actions that domain.yml marks with
  `send_domain: true`. Rasa connects anew for each call and sends the whole domain, 60 kB: 3.1 ms become 0.7.
- Training examples are told apart by their text and intent, and one that is set to what it is keeps its fingerprint.
  Rasa makes the fingerprints of all examples anew in each of its many passes: a third of the time of reading them.
- Matrices are multiplied on one core. They are small: a second core only waits in a loop for its next share, which
  doubles the work of a turn and slows everything else on the machine.
- Rules are matched on the words of a message only where a rule has words. Rasa goes through all states of the
  conversation twice for each message, once for rules that nobody wrote: a tenth of its work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache, wraps
from graphlib import TopologicalSorter
from typing import Any

import jsonschema_rs
from aiohttp import ClientSession
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig
from threadpoolctl import threadpool_limits

from bot.turn import TurnFailed, current_turn


def apply() -> None:
    """Make the changes; once, however often it is called."""
    if MessageProcessor._run_action.__module__ == __name__:
        return
    RemoteAction.run = _or_turn_fails(RemoteAction.run)
    RemoteAction._validate_action_result = _validate_action_result(RemoteAction._validate_action_result)
    MessageProcessor._run_action = _run_action(MessageProcessor._run_action)
    RemoteAction._action_call_format = _action_call_format(RemoteAction._action_call_format)
    EndpointConfig.session = _session(EndpointConfig.session)
    RulePolicy._find_action_from_rules = _find_action_from_rules(RulePolicy._find_action_from_rules)
    DaskGraphRunner.run = _run_graph
    Message.set = _set_if_new(Message.set)
    Message.__hash__ = _hash_of_message
    Agent._create_tracker_store = staticmethod(_create_tracker_store)
    threadpool_limits(1, user_api="blas")


Run = Callable[..., Awaitable[list[Event]]]


def _or_turn_fails(run: Run) -> Run:
    """An action's `run` whose errors end the gateway's turn. A rejection is no error: forms answer by it."""

    @wraps(run)
    async def run_or_fail(self: Action, *args: Any, **kwargs: Any) -> list[Event]:
        try:
            return await run(self, *args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            if current_turn.get() is None:
                raise
            raise TurnFailed(f"action {self.name()} failed: {type(error).__name__}") from error

    run_or_fail.__module__ = __name__
    return run_or_fail


class _Watched:
    """An action whose errors end the gateway's turn, and which otherwise is the action itself."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> list[Event]:
        return await _or_turn_fails(type(self._action).run)(self._action, *args, **kwargs)


def _run_action(run_action: Callable[..., Awaitable[bool]]) -> Callable[..., Awaitable[bool]]:
    """Rasa's own step, with an action that is watched: RemoteAction is not the only one that can fail."""

    @wraps(run_action)
    async def run_watched(self: MessageProcessor, action: Action, *args: Any, **kwargs: Any) -> bool:
        return await run_action(self, _Watched(action), *args, **kwargs)

    run_watched.__module__ = __name__
    return run_watched


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(RemoteAction.action_response_format_spec())


def _validate_action_result(validate: Callable[..., bool]) -> Callable[..., bool]:
    """True for an answer in the form that Rasa asks for; of any other Rasa says itself what is wrong with it."""

    @wraps(validate)
    def valid_or_said(self: RemoteAction, result: Any) -> bool:
        return _validator().is_valid(result) or validate(self, result)

    return valid_or_said


def _action_call_format(call_format: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Rasa's own call, with an empty domain unless the action asks for one (rasa-sdk refuses a call that has none)."""

    @wraps(call_format)
    def without_domain(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        call = call_format(self, tracker, domain)
        return call if domain.does_custom_action_explicitly_need_domain(self.name()) else {**call, "domain": {}}

    return without_domain


class _Lent:
    """Rasa closes a session after each request; this leaves it open for the next."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> ClientSession:
        return self._session

    async def __aexit__(self, *failure: object) -> None:
        pass


def _session(session: Callable[[EndpointConfig], ClientSession]) -> Callable[[EndpointConfig], _Lent]:
    """One session for each endpoint and event loop."""

    @wraps(session)
    def kept_session(self: EndpointConfig) -> _Lent:
        loop = asyncio.get_running_loop()
        kept = vars(self).setdefault("kept_sessions", {})
        if loop not in kept:
            kept[loop] = session(self)
        return _Lent(kept[loop])

    return kept_session


async def close_sessions(endpoint: EndpointConfig | None) -> None:
    """Let go of the connections to an endpoint."""
    for session in vars(endpoint).pop("kept_sessions", {}).values() if endpoint else ():
        await session.close()


Found = tuple[str | None, str | None, bool]


def _find_action_from_rules(find: Callable[..., Found]) -> Callable[..., Found]:
    """Rasa's own search, without the one on words where no rule has words."""

    @wraps(find)
    def find_if_any(
        self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input and not _has_words(self):
            return None, None, False
        return find(self, tracker, domain, use_text_for_last_user_input)

    return find_if_any


def _has_words(policy: RulePolicy) -> bool:
    """Looked up once for the rules that a policy has: a trained one does not change."""
    known = vars(policy).get("rules_with_words")
    if known is None or known[0] is not policy.lookup:
        rules = (rule for kind in policy.lookup.values() if isinstance(kind, dict) for rule in kind)
        known = policy.rules_with_words = policy.lookup, any(f'"{TEXT}"' in rule for rule in rules)
    return known[1]


def _run_graph(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: Iterable[str] | None = None
) -> dict[str, Any]:
    """What the nodes named in `targets` (those of the model, if none are named) give."""
    done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    wanted = tuple(targets or self._graph_schema.target_names)
    for name, needs in _steps(self, wanted):
        done[name] = self._instantiated_nodes[name](*(done[need] for need in needs))
    return dict(done[name] for name in wanted)


def _steps(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The nodes that lead to the targets with what each of them needs, those that are needed first."""
    known = vars(runner).setdefault("steps", {})
    if targets not in known:
        nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
        order = TopologicalSorter({name: node.needs.values() for name, node in nodes.items()}).static_order()
        known[targets] = [(name, list(nodes[name].needs.values())) for name in order if name in nodes]
    return known[targets]


def _set_if_new(set_property: Callable[..., None]) -> Callable[..., None]:
    @wraps(set_property)
    def set_if_new(self: Message, name: str, value: Any, add_to_output: bool = False) -> None:
        same = isinstance(value, str) and self.data.get(name) == value
        if not same or (add_to_output and name not in self.output_properties):
            set_property(self, name, value, add_to_output)

    return set_if_new


def _hash_of_message(self: Message) -> int:
    """Equal messages have equal hashes; those that are not equal are still compared in full."""
    return hash((self.data.get(TEXT), self.data.get(INTENT)))


def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    """The configured store itself, whose errors are errors."""
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store

"""Each thing changed in Rasa 3.6.21, and why. tests/bot/rasa/test_tuning.py fails when an upgrade moves one of them.

- A failing action fails the turn. Rasa logs the failure and goes on as if the action had done nothing, so a case that
  was not filed would be confirmed.
- No fallback to memory. Rasa keeps a conversation in memory when its store fails, and the next process knows nothing
  of it.
- Answers of the action server are checked by a validator compiled once. Rasa checks its own constant schema each time:
  two thirds of its work in a turn with one action.
- Rules are matched on the words of a message only where a rule has words. Rasa goes through all states of the
  conversation twice for each message, once for rules that nobody wrote: a tenth of its work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache, wraps
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

from bot.turn import TurnFailed, current_turn


def apply() -> None:
    """Make the changes; once, however often it is called."""
    if MessageProcessor._run_action.__module__ == __name__:
        return
    RemoteAction.run = _or_turn_fails(RemoteAction.run)
    RemoteAction._validate_action_result = _validate_action_result
    MessageProcessor._run_action = _run_action(MessageProcessor._run_action)
    RulePolicy._find_action_from_rules = _find_action_from_rules(RulePolicy._find_action_from_rules)
    Agent._create_tracker_store = staticmethod(_create_tracker_store)


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
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)


def _validate_action_result(self: RemoteAction, result: Any) -> bool:
    """True for an answer in the form that Rasa asks for. Raises jsonschema.ValidationError."""
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        raise error
    return True


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
    return any(f'"{TEXT}"' in rule for rules in policy.lookup.values() if isinstance(rules, dict) for rule in rules)


def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    """The configured store itself, whose errors are errors."""
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store

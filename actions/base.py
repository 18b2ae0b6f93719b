"""What all our actions share: they get the turn, and give back what is said and what changes."""

import traceback
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import backend
from actions.known import look_it_up
from actions.texts import Utterance
from actions.turn import Turn

log = structlog.get_logger()


class ActionFailed(Exception):
    """An action could not be carried out. The server answers 500 and the turn is repeated."""


@dataclass
class Answer:
    """What an action says, in order, the slots that it sets, and other events of Rasa's."""

    said: list[Utterance] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


class TurnAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk comes without types
    """An action by the name that domain.yml gives it."""

    called: ClassVar[str]

    def name(self) -> str:
        """The name in domain.yml."""
        return self.called

    @abstractmethod
    async def act(self, turn: Turn) -> Answer:
        """Answer a turn. Whatever is raised fails the turn, which the gateway then repeats: nothing is lost or said."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by the rasa-sdk server. Raises `ActionFailed`, without what it was about: that may be personal."""
        try:
            await look_it_up(backend.database())
            answer = await self.act(Turn.of(tracker))
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{frame.filename}:{frame.lineno}"
            log.error("action_failed", action=self.called, reason=type(error).__name__, where=where)
            raise ActionFailed(f"{self.called}: {type(error).__name__} at {where}") from None
        for utterance in answer.said:
            dispatcher.utter_message(**utterance)
        return [*(SlotSet(slot, value) for slot, value in answer.slots.items()), *answer.events]

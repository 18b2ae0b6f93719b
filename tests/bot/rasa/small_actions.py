"""Actions for the tests' small assistant, served by the real rasa-sdk server."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher

Events = list[dict[str, Any]]


class FileCase(Action):
    """Says which message it was called for."""

    def name(self) -> str:
        return "action_file_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        message = tracker.latest_message
        dispatcher.utter_message(text=f"filed {tracker.get_slot('area')} for {message['metadata']['message_id']}")
        return [AllSlotsReset()]


class Break(Action):
    """Fails."""

    def name(self) -> str:
        return "action_break"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        raise ValueError("broken on purpose")


class Hang(Action):
    """Does not answer in time."""

    def name(self) -> str:
        return "action_hang"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        await asyncio.sleep(60)
        return []


class SayNothing(Action):
    """Succeeds and leaves the person without an answer."""

    def name(self) -> str:
        return "action_say_nothing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return []

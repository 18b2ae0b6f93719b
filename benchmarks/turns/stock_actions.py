"""The default project's actions: each answer is taken as it is, and the filled form is answered."""

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ValidateCaseForm(FormValidationAction):
    """Called after each answer, as forms with checks have it."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "validate_case_form"


class FileCase(Action):
    """Says that the case is filed."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_file_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by the rasa-sdk server."""
        dispatcher.utter_message(response="utter_filed")
        return []

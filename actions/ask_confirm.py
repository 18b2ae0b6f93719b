"""action_ask_case_form_confirm: the summary, or what to change in it."""

from actions.base import Answer, TurnAction
from actions.summary import summary
from actions.texts import utterance
from actions.turn import Turn


class AskConfirm(TurnAction):
    """Shows the whole case and asks whether to send it; while a field is being chosen, lists the fields."""

    called = "action_ask_case_form_confirm"

    async def act(self, turn: Turn) -> Answer:
        """Asks; changes nothing."""
        if turn.slots.get("changing"):
            return Answer([utterance("say_what_to_change", turn.slots)])
        return Answer([utterance("say_summary", turn.slots, lines=summary(turn.slots))])

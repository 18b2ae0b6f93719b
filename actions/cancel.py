"""action_cancel: what is under way ends, and may be brought back for a day."""

from rasa_sdk.events import ActiveLoop

from actions.base import Answer, TurnAction
from actions.draft import INITIAL
from actions.set_aside import set_aside
from actions.texts import buttons, utterance
from actions.turn import Turn


class Cancel(TurnAction):
    """Leaves the open form, empties the draft and keeps it aside."""

    called = "action_cancel"

    async def act(self, turn: Turn) -> Answer:
        """Says that nothing was filed, and how to undo it where there is something to bring back."""
        kept = set_aside(turn.slots)
        undo = buttons("button_restore", turn.slots) if kept else []
        said = [utterance("say_cancelled", turn.slots, undo)]
        emptied = {**INITIAL, "set_aside": kept, "reference": None, "requested_slot": None}
        return Answer(said, emptied, [ActiveLoop(None)])

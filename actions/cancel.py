"""action_cancel: what is under way ends without a trace."""

from rasa_sdk.events import ActiveLoop

from actions.base import Answer, TurnAction
from actions.draft import INITIAL
from actions.texts import utterance
from actions.turn import Turn


class Cancel(TurnAction):
    """Leaves the open form and empties the draft."""

    called = "action_cancel"

    async def act(self, turn: Turn) -> Answer:
        """Says that nothing was filed."""
        said = [utterance("say_cancelled", turn.slots)]
        return Answer(said, {**INITIAL, "reference": None, "requested_slot": None}, [ActiveLoop(None)])

"""action_offer_draft: who is back is asked whether to go on with the draft."""

from actions.base import Answer, TurnAction
from actions.coming_back import offer
from actions.texts import utterance
from actions.turn import Turn


class OfferDraft(TurnAction):
    """Welcomes, says in a line what there is so far, and asks: on with it, or anew."""

    called = "action_offer_draft"

    async def act(self, turn: Turn) -> Answer:
        """Changes nothing."""
        name, values = offer(turn)
        return Answer([utterance(name, turn.slots, **values)])

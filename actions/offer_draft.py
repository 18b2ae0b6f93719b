"""action_offer_draft: who is back is asked whether to go on with the draft."""

from collections.abc import Mapping
from dataclasses import replace

from actions.base import Answer, TurnAction
from actions.case_status import CaseStatus
from actions.coming_back import comes_between, offer
from actions.human import RequestAgent
from actions.my_cases import MyCases
from actions.texts import utterance
from actions.turn import Turn
from actions.which_agency import WhichAgency

_LOOKED_UP: Mapping[str, TurnAction] = {
    "faq_lost_reference": MyCases(),
    "faq_which_agency": WhichAgency(),
    "list_my_cases": MyCases(),
    "speak_to_agent": RequestAgent(),
}


class OfferDraft(TurnAction):
    """Says in a line what there is so far, and asks: on with it, or anew. What came in between is answered first."""

    called = "action_offer_draft"

    async def act(self, turn: Turn) -> Answer:
        """Changes nothing of the draft."""
        name, values = offer(turn)
        answer = await _answer(turn) if comes_between(turn) else Answer()
        answer.said.append(utterance(name, turn.slots, **values))
        return answer


async def _answer(turn: Turn) -> Answer:
    """What had to be looked up; nothing where the reader of messages has answered. No second question beside ours."""
    if turn.slots.get("reference"):
        return await CaseStatus().act(turn)
    if turn.intent == "check_status":
        return Answer([utterance("utter_status_by_number", turn.slots)])
    action = _LOOKED_UP.get(turn.intent)
    return await action.act(replace(turn, form="case_form")) if action else Answer()

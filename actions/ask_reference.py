"""action_ask_status_form_reference: which case is meant; the person's own newest ones are offered."""

import json

from actions.backend import database, identity_of
from actions.base import Answer, TurnAction
from actions.texts import Button, utterance
from actions.turn import Turn
from contact_center.cases import queries

_NEWEST = 2
"""With the way out, as many buttons as WhatsApp shows."""


class AskReference(TurnAction):
    """Asks for the number of a case."""

    called = "action_ask_status_form_reference"

    async def act(self, turn: Turn) -> Answer:
        """Asks; changes nothing."""
        async with database().transaction() as session:
            identity = await identity_of(session, turn)
            cases = identity and await queries.cases_of(session, identity.id, identity.verified_phone, _NEWEST)
        return Answer([utterance("say_ask_reference", turn.slots, [_button(case.reference) for case in cases or ()])])


def _button(reference: str) -> Button:
    return {"title": reference, "payload": f"/inform{json.dumps({'reference': reference.replace('-', '')})}"}

"""action_which_agency: who is responsible for what the person asks about."""

from actions.base import Answer, TurnAction
from actions.known import catalogue
from actions.texts import Utterance, utterance
from actions.turn import Turn
from contact_center.agencies.routing import agency_for

_SURE = 0.6


class WhichAgency(TurnAction):
    """Names the agency of the category that the words are about, where the router is sure of it."""

    called = "action_which_agency"

    async def act(self, turn: Turn) -> Answer:
        """Answers; changes nothing."""
        return Answer([answer(turn)])


def answer(turn: Turn) -> Utterance:
    """The agency; that it depends on the place; or that nobody needs to know it."""
    entry = catalogue().offered.get(turn.category(_SURE) or "")
    if entry is None:
        return utterance("say_which_agency_unknown", turn.slots)
    language = turn.slots.get("language") or "ar"
    place = next((found.get("governorate") for found in turn.entities if found["entity"] == "area"), None)
    agency = agency_for(catalogue(), entry.code, place)
    if agency is None:
        return utterance("say_which_agency_by_area", turn.slots, category=entry.name(language))
    names = {"category": entry.name(language), "agency": catalogue().agencies[agency].name(language)}
    return utterance("say_which_agency", turn.slots, **names)

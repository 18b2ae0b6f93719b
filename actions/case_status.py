"""action_case_status: how the case stands whose number was given."""

from actions.backend import database
from actions.base import Answer, TurnAction
from actions.dates import readable_day
from actions.lookups import Wait, look_up, wait_said
from actions.summary import shortened
from actions.texts import Slots, Utterance, text, utterance
from actions.turn import Turn
from contact_center.agencies.catalogue import catalogue
from contact_center.cases.reference import NotAReference, Reference, WrongCheckDigit, parse
from contact_center.cases.views import OwnView, PublicView

_LONGEST_DESCRIPTION = 150
_LONGEST_REPLY = 1000


class CaseStatus(TurnAction):
    """Tells who filed it everything that matters, anyone else what the number alone opens."""

    called = "action_case_status"

    async def act(self, turn: Turn) -> Answer:
        """Forgets the number afterwards, so that the next one is a question of its own."""
        given = str(turn.slots.get("reference") or "")
        as_written = f"{given[:2]}-{given[2:6]}-{given[6:]}"
        try:
            reference = parse(given)
        except NotAReference:
            said = [utterance("say_reference_unreadable", turn.slots)]
        except WrongCheckDigit:
            said = [utterance("say_reference_wrong", turn.slots, reference=shown(as_written))]
        else:
            said = await _status(turn, reference)
        return Answer(said, {"reference": None})


async def _status(turn: Turn, reference: Reference) -> list[Utterance]:
    async with database().transaction() as session:
        view = await look_up(session, turn, reference)
    if isinstance(view, Wait):
        return [wait_said(view, turn.slots)]
    if view is None:
        return [utterance("say_reference_unknown", turn.slots, reference=shown(reference.display))]
    return as_said(view, turn.slots)


def as_said(view: PublicView, slots: Slots) -> list[Utterance]:
    """A case in words: status, agency and date; for who filed it also their words and the newest reply."""
    language = slots.get("language") or "ar"
    values = {
        "reference": shown(view.reference),
        "type": text(f"word_type_{view.type}", slots),
        "category": catalogue().categories[view.category].name(language),
        "agency": catalogue().agencies[view.agency].name(language),
        "status": text(f"word_status_{view.status}", slots),
        "date": readable_day(view.due_at, language),
    }
    if not isinstance(view, OwnView):
        return [utterance("say_status", slots, **values)]
    description = shortened(view.description, _LONGEST_DESCRIPTION)
    said = [utterance("say_status_own", slots, description=description, **values)]
    if view.replies:
        said.append(utterance("say_status_reply", slots, reply=shortened(view.replies[-1].text, _LONGEST_REPLY)))
    return said


def shown(reference: str) -> str:
    """A number that keeps its order between Arabic words."""
    return f"\u2066{reference}\u2069"

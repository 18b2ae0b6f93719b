"""action_ask_case_form_similar: an open case about the same, and whether to join it."""

from actions.backend import database
from actions.base import Answer, TurnAction
from actions.known import catalogue
from actions.summary import address, place_name
from actions.texts import Slots, text, utterance
from actions.turn import Turn
from contact_center.cases import queries
from contact_center.cases.models import Case
from contact_center.notifications.dates import readable_day


class AskSimilar(TurnAction):
    """Tells of the case only subject, place, day and status: no word of who filed it, and no number."""

    called = "action_ask_case_form_similar"

    async def act(self, turn: Turn) -> Answer:
        """Asks; changes nothing."""
        told = turn.slots["similar_case"]
        async with database().transaction() as session:
            case = await queries.by_reference(session, told["reference"])
        if case is None:
            raise LookupError("the case that was found is gone")
        slots, language = turn.slots, turn.slots.get("language") or "ar"
        # To anyone but who filed it, a case that waits for them is being worked on.
        status = "in_progress" if case.status == "waiting" and not told["filed"] else case.status
        asked = utterance(
            "say_similar_own" if told["own"] else "say_similar",
            slots,
            category=catalogue().categories[case.category].name(language),
            place=_place(case, slots),
            date=readable_day(case.created_at, language),
            status=text(f"word_status_{status}", slots),
        )
        return Answer([asked])


def _place(case: Case, slots: Slots) -> str:
    """Area and block: « في سند، مجمع 745»."""
    known: Slots = {"language": slots.get("language"), "area": case.area}
    block = address({"language": slots.get("language"), "block": case.block})
    names = text("word_comma", slots).join(filter(None, [place_name(known), block]))
    return text("word_in_place", slots, place=names) if names else ""

"""action_my_cases: the newest cases of the person who asks."""

from actions.backend import database, identity_of
from actions.base import Answer, TurnAction
from actions.case_status import shown
from actions.texts import Slots, text, utterance
from actions.turn import Turn
from contact_center.agencies.catalogue import catalogue
from contact_center.cases import queries
from contact_center.cases.models import Case

_NEWEST = 5


class MyCases(TurnAction):
    """Lists what was filed from this channel identity or with the same verified phone; also finds a lost number."""

    called = "action_my_cases"

    async def act(self, turn: Turn) -> Answer:
        """Answers; changes nothing."""
        async with database().transaction() as session:
            identity = await identity_of(session, turn)
            cases = identity and await queries.cases_of(session, identity.id, identity.verified_phone, _NEWEST)
        if cases:
            lines = "\n".join(line(case, turn.slots) for case in cases)
            return Answer([utterance("say_my_cases", turn.slots, lines=lines)])
        return Answer([utterance("say_no_cases", turn.slots)])


def line(case: Case, slots: Slots) -> str:
    """A case in one line: its number, what it is about, how it stands."""
    return text(
        "line_my_case",
        slots,
        reference=shown(case.reference),
        category=catalogue().categories[case.category].name(slots.get("language") or "ar"),
        status=text(f"word_status_{case.status}", slots),
    )

"""action_my_cases: the newest cases of the person who asks."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions.backend import database, identity_of
from actions.base import Answer, TurnAction
from actions.case_status import shown, status_said
from actions.known import catalogue
from actions.texts import Slots, Utterance, text, utterance
from actions.turn import Turn
from contact_center.cases import queries
from contact_center.cases.models import Case
from contact_center.channels.base import ChannelCode
from contact_center.channels.registry import why_off
from contact_center.citizens.models import ChannelIdentity
from contact_center.settings import get_settings

_NEWEST = 5


class MyCases(TurnAction):
    """Lists what was filed from this channel identity or with the same verified phone; also finds a lost number."""

    called = "action_my_cases"

    async def act(self, turn: Turn) -> Answer:
        """Answers; changes nothing."""
        async with database().transaction() as session:
            identity = await identity_of(session, turn)
            said = await my_cases(session, turn, identity)
        if identity and not identity.verified_phone and turn.form is None and _can_be_proved(turn.channel):
            said.append(utterance("say_prove_offer", turn.slots))
        return Answer(said)


async def my_cases(session: AsyncSession, turn: Turn, identity: ChannelIdentity | None) -> list[Utterance]:
    """The person's newest cases in words."""
    cases = identity and await queries.cases_of(session, identity.id, identity.verified_phone, _NEWEST)
    if not cases:
        return [utterance("say_no_cases", turn.slots)]
    lines = "\n".join(line(case, turn.slots) for case in cases)
    return [utterance("say_my_cases", turn.slots, lines=lines)]


def _can_be_proved(channel: str) -> bool:
    """Telegram vouches for a card; a code needs SMS; on a call the agent asks."""
    by_code = channel == ChannelCode.WEBCHAT and ChannelCode.SMS not in why_off(get_settings())
    return channel == ChannelCode.TELEGRAM or by_code


def line(case: Case, slots: Slots) -> str:
    """A case in one line: its number, what it is about, how it stands."""
    return text(
        "line_my_case",
        slots,
        reference=shown(case.reference),
        category=catalogue().categories[case.category].name(slots.get("language") or "ar"),
        status=status_said(case.status, case.type, case.outcome, slots),
    )

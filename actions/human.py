"""action_request_agent and action_withdraw_agent: the wish for a human being, and that it is none any more."""

import re

from actions.backend import conversation_id_of, database, identity_of
from actions.base import Answer, TurnAction
from actions.opening_hours import opening, working_hours
from actions.reading import NAMED, OFFERED
from actions.texts import Slots, Utterance, utterance
from actions.turn import Turn
from bot.arabic import normalise
from contact_center.conversations import handoff
from contact_center.conversations.handoff import Prospect

_AGENT = r"(?:ال|لل|بال)?(?:موظف\w*|انسان|بشر|ادمي|احد يكلمني)"
_UNWANTED = r"(?:ما|لا|مو|مب)\s*(?:عاد\s*)?(?:ابي|ابغي|ابغا|نبي|اريد|احتاج|يحتاج|محتاج|لازم|بغيت|تحول\w*|احول\w*)"
_DROPPED = r"(?:الغ\w*|كنسل\w*|خلاص\s*(?:بدون|من دون)|بدون)"
_NO_AGENT = re.compile(
    rf"(?<!\w){_UNWANTED}\s+(?:(?!ابي|ابغي|اريد|بغيت)\w+\s+){{0,2}}{_AGENT}"
    rf"|(?<!\w){_DROPPED}\s+(?:\w+\s+){{0,2}}{_AGENT}"
    r"|\b(?:don'?t|do not|no longer)\s+(?:need|want)\s+(?:to\s+\w+\s+(?:to\s+)?)?(?:an?\s+|the\s+)?"
    r"(?:agent|human|person|employee|staff)\b"
    r"|\b(?:no need for|cancel|forget|never mind)\s+(?:an?\s+|the\s+)?(?:agent|human|person|employee)\b"
    r"|\bno (?:agent|human)\b"
)
_LONGEST = 9
_ANSWERED_IN_WORDS = {"description", "area", "address", "contact_name", "contact_phone"}


def unwanted(turn: Turn) -> bool:
    """Whether the person no longer wants a human being: «خلاص ما ابي موظف»; not «ما ابي آلي ابي موظف»."""
    return turn.words <= _LONGEST and bool(_NO_AGENT.search(normalise(turn.text)))


def answers_offer(turn: Turn) -> bool | None:
    """Yes or no to the human being that was just offered (`Reading.offer_agent`); None for anything else.

    Where a question of the form stands open, a «نعم» means the offer only if it cannot be an answer to the question.
    """
    if turn.slots.get("topic") not in (OFFERED, NAMED):
        return None
    in_form = turn.form == "case_form"
    if turn.intent in ("affirm", "speak_to_agent"):
        sure = turn.intent == "speak_to_agent" or not in_form or turn.question in _ANSWERED_IN_WORDS
        return True if sure and not (turn.question == "area" and turn.slots.get("knows_place")) else None
    return False if turn.intent == "deny" and not in_form else None


class RequestAgent(TurnAction):
    """Puts the person in the queue for an agent, once, and says what to expect."""

    called = "action_request_agent"

    async def act(self, turn: Turn) -> Answer:
        """On the phone an agent is there already; without a conversation of ours (`rasa shell`) a number is named."""
        if turn.channel == "call_center":
            return Answer([utterance("say_agent_on_call", turn.slots)])
        async with database().transaction() as session:
            conversation = conversation_id_of(turn)
            if conversation is None or await identity_of(session, turn) is None:
                hours = working_hours(turn.slots)
                return Answer([utterance("say_agent_by_phone", turn.slots, working_hours=hours)])
            prospect = await handoff.request(
                session,
                conversation,
                _reason(turn.slots),
                language=turn.slots.get("language") or "ar",
                source_message_id=turn.metadata.get("message_id"),
            )
        return Answer(_told(prospect, turn.slots))


class WithdrawAgent(TurnAction):
    """Drops the wish for an agent."""

    called = "action_withdraw_agent"

    async def act(self, turn: Turn) -> Answer:
        """Says the same where there was none: it is what the person wants."""
        async with database().transaction() as session:
            if conversation := conversation_id_of(turn):
                await handoff.withdraw(session, conversation)
        return Answer([utterance("say_agent_withdrawn", turn.slots)])


def _reason(slots: Slots) -> str:
    return {"distress": "distress", "agent": "failure"}.get(slots.get("topic") or "", "request")


def _told(prospect: Prospect, slots: Slots) -> list[Utterance]:
    care = slots.get("topic") == "distress"
    if care and prospect.already:
        return []
    if prospect.opens_at:
        name = (
            "say_agent_for_care_later" if care else "say_agent_still_later" if prospect.already else "say_agent_later"
        )
        return [utterance(name, slots, when=opening(prospect.opens_at, slots))]
    if care:
        return [utterance("say_agent_for_care", slots)]
    if not prospect.on_duty:
        return [utterance("say_agent_still" if prospect.already else "say_agent_none_free", slots)]
    name = "say_agent_next" if prospect.ahead == 0 else "say_agent_queued"
    return [utterance("say_agent_still_queued" if prospect.already else name, slots, ahead=prospect.ahead)]

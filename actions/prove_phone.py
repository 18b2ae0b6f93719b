"""action_prove_phone: a number is the person's own once they give back the code that was sent there."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions.backend import database, identity_of
from actions.base import Answer, TurnAction
from actions.my_cases import my_cases
from actions.texts import Utterance, utterance
from actions.turn import Turn
from bot.arabic import normalise, parse_phone
from contact_center.channels.base import ChannelCode
from contact_center.channels.registry import why_off
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.phone_codes import DIGITS, Trial, new_code, try_code
from contact_center.citizens.service import identity_for
from contact_center.conversations.code_by_sms import send_code
from contact_center.settings import get_settings

INTENT = "verify_phone"
"""The button that asks for it."""
_LEAVES = {"cancel", "deny", "skip", "go_back"}
_CODE_LENGTHS = range(4, 8)
_FEW_WORDS = 6
"""Whoever writes more tells something else."""


def proves(turn: Turn) -> bool:
    """Whether a message outside the case form asks for a code, or answers what was asked for that."""
    step = turn.slots.get("proof")
    if turn.intent == INTENT:
        return True
    if step is None:
        return False
    return turn.intent in _LEAVES or turn.intent == "share_contact" or bool(_phone(turn) or _digits(turn))


class ProvePhone(TurnAction):
    """Asks for the number, sends the code, takes it back, and then shows the person's cases."""

    called = "action_prove_phone"

    async def act(self, turn: Turn) -> Answer:
        """Sets `proof`, the step that is open: `phone`, `code` or none."""
        async with database().transaction() as session:
            identity = await identity_of(session, turn)
            if identity is None or (turn.intent in _LEAVES and not turn.value("phone")):
                return Answer([utterance("say_proof_left", turn.slots)], {"proof": None})
            if identity.verified_phone:
                return await _proved(session, turn, identity)
            if phone := _phone(turn):
                return await _send(session, turn, identity, phone)
            if turn.slots.get("proof") == "code" and turn.intent != INTENT:
                return await _try(session, turn, identity)
        wrong = [utterance("say_phone_wrong", turn.slots)] if _digits(turn) else []
        return Answer([*wrong, utterance("say_ask_proof_phone", turn.slots)], {"proof": "phone"})


async def _send(session: AsyncSession, turn: Turn, identity: ChannelIdentity, phone: str) -> Answer:
    if ChannelCode.SMS in why_off(get_settings()):
        return Answer([utterance("say_code_no_sms", turn.slots)], {"proof": None})
    cause = str(turn.metadata.get("message_id"))
    made = await new_code(session, identity.id, phone, cause=cause, key=get_settings().effective_secret_key)
    if not made.allowed:
        return Answer([utterance("say_code_too_many", turn.slots)], {"proof": None})
    if made.code:
        await send_code(session, phone, made.code, language=turn.slots.get("language") or "ar", cause=cause)
    shown = f"\u2066{phone}\u2069"
    return Answer([utterance("say_code_sent", turn.slots, phone=shown)], {"proof": "code"})


async def _try(session: AsyncSession, turn: Turn, identity: ChannelIdentity) -> Answer:
    code = _digits(turn)
    if len(code) != DIGITS:
        return Answer([utterance("say_code_digits", turn.slots)])
    cause = str(turn.metadata.get("message_id"))
    trial, phone = await try_code(session, identity.id, code, cause=cause, key=get_settings().effective_secret_key)
    if trial is Trial.WRONG:
        return Answer([utterance("say_code_wrong", turn.slots)])
    if trial is Trial.SPENT:
        return Answer([utterance("say_code_spent", turn.slots)], {"proof": None})
    identity = await identity_for(session, identity.channel, identity.address, verified_phone=phone)
    return await _proved(session, turn, identity)


async def _proved(session: AsyncSession, turn: Turn, identity: ChannelIdentity) -> Answer:
    said: list[Utterance] = [utterance("say_phone_proved", turn.slots)]
    return Answer([*said, *await my_cases(session, turn, identity)], {"proof": None})


def _phone(turn: Turn) -> str | None:
    """The one phone number that was typed, or that stands on a card."""
    card = turn.metadata.get("contact") or {}
    return parse_phone(str(card.get("phone") or turn.text)) if turn.words <= _FEW_WORDS else None


def _digits(turn: Turn) -> str:
    """What was typed, where it is digits only and no more than a code or a phone may have."""
    typed = normalise(turn.text).replace(" ", "").replace("-", "")
    return typed if typed.isdecimal() and len(typed) in _CODE_LENGTHS else ""

"""What pages show when they show everything: a call whose case was filed, a message that was not understood."""

from uuid import uuid4

from desk import Filed, form, talk_on_telegram
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.cases import service
from contact_center.citizens.models import ChannelIdentity
from contact_center.clock import now
from contact_center.conversations import handoff, notes
from contact_center.conversations.models import Conversation
from contact_center.notifications.case_events import tell_filed
from contact_center.privacy import requests
from contact_center.privacy.person import person
from contact_center.privacy.requests import Kind, Recognised
from contact_center.understanding import queries as understanding
from contact_center.understanding.service import remember_message


async def doubted(session: AsyncSession) -> int:
    """A message that was not understood; its number."""
    guesses = {
        "intents": [{"name": "greet", "confidence": 0.3}],
        "categories": [{"code": "road.pothole", "confidence": 0.2}],
    }
    await remember_message(session, uuid4(), "كلام غير واضح", channel="sms", names=[], about="intent", guesses=guesses)
    (item,) = await understanding.waiting(session, 1)
    return item.id


async def a_call_that_was_filed(session: AsyncSession, call: Conversation) -> None:
    """A case of the call, whose number is texted; and a draft of another one that looks the same."""
    case = await service.file(
        session, form(channel="call_center", conversation_id=call.id, identity_id=call.identity_id)
    )
    await tell_filed(session, case)
    draft = {"category": "road.pothole", "description": case.description, "area": case.area, "block": case.block}
    call.draft = draft


async def asked_for(session: AsyncSession, filed: Filed) -> None:
    """A person who wants no messages, and an export that waits for a second member of staff."""
    (await session.get_one(ChannelIdentity, filed.pothole.identity_id)).opted_out_at = now()
    known = await person(session, filed.mariam)
    await requests.ask(session, known, Kind.EXPORT, Recognised.CALLED_BACK, "adel")


async def at_the_desk(session: AsyncSession) -> dict[str, str]:
    """A conversation that Amal has, and one that waits."""
    mine, waiting = [await talk_on_telegram(session, address, "ابي موظف") for address in ("1", "2")]
    for each in (mine, waiting):
        await handoff.request(session, each.id, "distress", language="ar", source_message_id=each.address)
    await handoff.take(session, mine.id, "amal", actor="account:amal")
    await notes.write(session, mine.id, "اتصلت أمس", author="amal", key="12345678")
    return {"mine": str(mine.id), "waiting": str(waiting.id)}

"""The contact centre in the middle of the day: people on the telephone, people who write, and what is asked for."""

from datetime import datetime, timedelta
from uuid import uuid4

from desk import says
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.service import identity_for
from contact_center.clock import BAHRAIN
from contact_center.conversations import call_desk, handoff, notes, outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation
from contact_center.privacy import requests
from contact_center.privacy.person import person
from contact_center.privacy.requests import Kind, Recognised
from contact_center.telephone import callbacks
from contact_center.telephone import service as telephone
from contact_center.telephone.models import PhoneCall
from contact_center.understanding import queries as understanding
from contact_center.understanding.service import remember_message

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=BAHRAIN)
"""A Tuesday."""

WRITERS = (
    ("ابي اكلم موظف لو سمحتوا، السالفة طويلة", "ar", "request", 11),
    ("I have written three times. Can I talk to a person, please?", "en", "request", 6),
    ("محد فاهم علي!!", "ar", "distress", 2),
)


async def at_work(session: AsyncSession, known: Conversation) -> dict[str, str]:
    """All of it. `known`: where somebody wrote who has a case. Ids by name, for the addresses of pages."""
    citizen = (await session.get_one(ChannelIdentity, known.identity_id)).citizen_id
    await requests.ask(session, await person(session, citizen), Kind.EXPORT, Recognised.CALLED_BACK, "adel")
    talks = [await _writes(session, number) for number in range(len(WRITERS))]
    await handoff.take(session, talks[0], "amal", actor="account:amal")
    await handoff.say(session, talks[0], "أهلًا، معاك أمل. تفضل، أسمعك.", key="hello")
    await notes.write(session, talks[0], "اتصل أمس عن الموضوع نفسه", author="amal", key="12345678")
    unclear = await _unclear(session)
    return {
        "call": await _calls(session),
        "mine": str(talks[0]),
        "waiting": str(talks[1]),
        "person": str(citizen),
        "unclear": str(unclear),
    }


async def _writes(session: AsyncSession, number: int) -> object:
    """Somebody who asks for a human being; the conversation's id."""
    words, language, reason, minutes = WRITERS[number]
    address = f"+9733300{number:04}"
    identity = await identity_for(session, ChannelCode.WHATSAPP, address, None, address)
    talk = await begin(session, ChannelCode.WHATSAPP, address, identity, language=language)
    talk.draft = {"case_type": "complaint", "category": "road.pothole", "area": "سند"} if number == 0 else {}
    await says(session, talk, "1", text="السلام عليكم" if language == "ar" else "Hello")
    await outbox.say(session, talk, "حياك الله في تواصل." if language == "ar" else "Welcome to Tawasul.")
    await says(session, talk, "2", text=words)
    await handoff.request(session, talk.id, reason, language=language, source_message_id=address)
    wish = await handoff.open_handoff(session, talk.id)
    assert wish
    wish.requested_at = NOW - timedelta(minutes=minutes)
    return talk.id


async def _unclear(session: AsyncSession) -> int:
    guesses = {
        "intents": [{"name": "inform", "confidence": 0.41}, {"name": "report_complaint", "confidence": 0.33}],
        "categories": [{"code": "drain.manhole", "confidence": 0.38}, {"code": "road.pothole", "confidence": 0.3}],
    }
    for words in ("القطاوة وايد في الفريج", "البالوعة اللي يم الدكان صوتها عالي"):
        await remember_message(session, uuid4(), words, channel="whatsapp", names=[], about="category", guesses=guesses)
    return (await understanding.waiting(session, 1))[0].id


async def _calls(session: AsyncSession) -> str:
    """Somebody on the line, two who wait, one to be called back, and some of the log; the first one's conversation."""
    talk = await call_desk.begin_call(session, "+97339123456")
    await telephone.typed(session, talk, "amal")
    for minutes, phone, language in ((4, "+97336001122", "ar"), (1, "+97333445566", "en")):
        began = NOW - timedelta(minutes=minutes)
        waits = {"state": "waiting", "waiting_since": began, "began_at": began}
        session.add(PhoneCall(provider_id=f"CA{phone}", phone=phone, language=language, **waits))
    began = NOW - timedelta(hours=1)
    over = {"state": "ended", "began_at": began, "ended_at": began + timedelta(minutes=3)}
    wish = PhoneCall(provider_id="CA-wish", phone="+97338887766", language="ar", outcome="callback", **over)
    session.add_all(
        [wish, PhoneCall(provider_id="CA-told", phone="+97337776655", language="ar", outcome="informed", **over)]
    )
    await session.flush()
    await callbacks.ask(session, wish, "+97338887766")
    return str(talk.id)

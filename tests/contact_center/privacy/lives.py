"""Two people with a whole life in the system, filled in through the services themselves. Every word, name and number of
the first holds one of `MARKS`; what is the second's holds `OTHERS`."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import SavedFilter
from contact_center.accounts.queries import account_named
from contact_center.agencies.queries import catalogue
from contact_center.attachments import service as attachments
from contact_center.attachments.models import Attachment
from contact_center.attachments.storage import Storage
from contact_center.cases import aftercare, following, guessing, praise, service
from contact_center.cases.merging import merge
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.transfer import Target, transfer
from contact_center.channels.base import ChannelCode, Location, Media, MediaKind, SharedContact
from contact_center.channels.base import InboundMessage as Inbound
from contact_center.channels.voice import Heard
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.phone_codes import new_code
from contact_center.clock import now
from contact_center.conversations import another_way, call_desk, handoff, inbox, notes, outbox
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.conversations.queries import conversation_at
from contact_center.notifications.case_events import tell_event
from contact_center.telephone import callbacks
from contact_center.telephone import service as telephone
from contact_center.understanding.service import remember_message

PHONE, CHAT, WORD, NAME = "+97339123456", "4711000471", "زعفران", "مريم القرمزي"
MARKS = ("39123456", CHAT, WORD, "القرمزي", "26.123456", "zone7733", "ramadhani")
"""The digits of her phone, her chat, a word that is in all she says, her name, her place, and her photo's name."""
OTHERS, OTHER_PHONE = "بنفسج", "+97336777888"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f"
    "00050001ff56c72f0d0000000049454e44ae426082"
)
"""A picture of one pixel."""


@dataclass(frozen=True)
class Lives:
    """What was made."""

    mariam: UUID
    """Her citizen."""
    cases: tuple[UUID, ...]
    photo: str
    """The storage key of her photo."""
    talk: UUID
    """Her conversation on Telegram."""


async def lived(session: AsyncSession, storage: Storage, picture: bytes) -> Lives:
    """All of it; each of her cases has ended."""
    hers, theirs = await _writes(session, PHONE, CHAT, WORD), await _writes(session, OTHER_PHONE, "999", OTHERS)
    stored = await attachments.receive(storage, _in_chunks(picture))
    photo = await attachments.record(session, hers.id, "m:0", "photo", "ramadhani.png", stored)
    pothole = await _files(session, hers, attachments=(photo.id,), lat=26.123456, lon=50.61)
    await _lives_on(session, pothole, hers)
    place = {"block": "203", "road": "1", "building": "2", "address": OTHERS}
    other = {"description": f"تسرب {OTHERS}", "contact_name": OTHERS, "contact_phone": OTHER_PHONE}
    water = await _files(session, theirs, **other, **place)
    await _joins(session, water, hers, WORD, NAME, PHONE)
    light = await _files(session, hers)
    await _joins(session, light, theirs, OTHERS, OTHERS, OTHER_PHONE)
    await merge(session, light, water, actor="account:omar")
    await aftercare.add_information(session, light, f"بعد {WORD}", conversation_id=hers.id)
    thanks = await _files(session, hers, type="compliment", description=f"شكرا للموظف أحمد {WORD}")
    await praise.pass_on(session, thanks, actor="account:sami")
    await _say(session, thanks, await service.reply(session, thanks, f"شكرا {WORD}", close=True, actor="account:omar"))
    called = await _calls(session)
    await _is_known_otherwise(session, hers)
    await session.execute(update(InboxMessage).values(status="processed"))
    await session.execute(update(OutboxMessage).values(status="sent"))
    return Lives(
        (await _citizen(session, hers)), (pothole.id, light.id, thanks.id, called.id), stored.storage_key, hers.id
    )


async def _writes(session: AsyncSession, phone: str, chat: str, word: str) -> Conversation:
    """Somebody who writes on Telegram and WhatsApp, and whose draft is half filled."""
    who = {"profile_name": NAME if word == WORD else word, "verified_phone": phone}
    for channel, address in ((ChannelCode.WHATSAPP, phone), (ChannelCode.TELEGRAM, chat)):
        said: Mapping[str, Any] = {"channel": channel, "address": address, **who}
        await inbox.receive(session, Inbound(provider_id=f"{address}:1", text=f"السلام {word}", **said))
        place = Location(lat=26.123456 if word == WORD else 26.2, lon=50.6)
        await inbox.receive(session, Inbound(provider_id=f"{address}:2", location=place, **said))
        card = SharedContact(phone=phone, name=who["profile_name"], own=True)
        file = Media(kind=MediaKind.PHOTO, filename=f"{word}.png")
        await inbox.receive(session, Inbound(provider_id=f"{address}:3", contact=card, media=(file,), **said))
        talk = await conversation_at(session, channel, address)
        assert talk
        talk.draft, talk.expects = {"description": word, "contact_name": who["profile_name"]}, "area"
        await outbox.say(session, talk, f"وين بالضبط، {who['profile_name']}؟", expects="area")
    return talk


async def _files(session: AsyncSession, talk: Conversation, **different: Any) -> Case:
    fields: dict[str, Any] = {
        "type": "complaint", "category": "road.pothole", "description": f"حفرة عند {WORD}", "governorate": "muharraq",
        "area": "المحرق", "block": "zone7733", "road": "zone7733", "building": "zone7733", "address": f"بيت {WORD}",
        "contact_name": NAME, "contact_phone": PHONE, "channel": talk.channel, "conversation_id": talk.id,
        "identity_id": talk.identity_id, "source_message_id": f"{talk.address}:{len(different)}:{now()}",
    }  # fmt: skip
    return await service.file(session, NewCase(**(fields | different)))


async def _lives_on(session: AsyncSession, case: Case, hers: Conversation) -> None:
    """A case that is sent on, noted, asked about, answered, rated, reopened and answered again."""
    await transfer(session, case, Target("ewa"), f"عند {WORD}", actor="account:omar")
    await service.note(session, case, f"اسمها {NAME} {WORD}", actor="account:sara")
    asked = await service.set_status(session, case, "waiting", actor="account:sara", text=f"وين {WORD}؟")
    await _say(session, case, asked)
    await aftercare.add_information(session, case, f"عند {WORD}", conversation_id=hers.id, idempotency_key=CHAT)
    answered = await service.reply(session, case, f"أُصلحت عند {WORD}، {NAME}", close=False, actor="account:sara")
    await _say(session, case, answered)
    await aftercare.rate(session, case, 4, f"تمام {WORD}")
    await aftercare.reopen(session, case, f"لا {WORD}")
    await _say(session, case, await service.reply(session, case, f"ثانية {WORD}", close=True, actor="account:sara"))


async def _say(session: AsyncSession, case: Case, event: CaseEvent) -> None:
    await tell_event(session, await catalogue(session), case, event)


async def _joins(session: AsyncSession, case: Case, who: Conversation, word: str, name: str, phone: str) -> None:
    contact = {"contact_name": name, "contact_phone": phone}
    key = f"{who.address}:join"
    addition = following.Addition(who.identity_id, who.id, f"وعندنا {word}", key, contact=contact)
    assert await following.join(session, case, addition, own=False)


async def _calls(session: AsyncSession) -> Case:
    """A call that an agent takes, with a callback, and one that stays in the menu."""
    heard = await telephone.answer(session, Heard(provider_id=f"CA{CHAT}", phone=PHONE))
    await callbacks.ask(session, heard, PHONE)
    await telephone.end(session, heard)
    talk = await call_desk.begin_call(session, PHONE)
    await telephone.typed(session, talk, "amal")
    await call_desk.caller_says(session, talk, text=f"تقول {WORD}")
    await call_desk.edit_draft(session, talk, {"contact_name": NAME})
    case = await _files(session, talk, channel="call_center")
    later = now() + timedelta(hours=1)
    await telephone.wrap_up(session, talk.id, "callback", f"{NAME} {WORD}", later, "amal")
    await _say(session, case, await service.reply(session, case, f"تم {WORD}", close=True, actor="account:omar"))
    return case


async def _is_known_otherwise(session: AsyncSession, hers: Conversation) -> None:
    """Codes, guesses, an agent who took over, doubted words, and a message that went another way."""
    await new_code(session, hers.identity_id, PHONE, cause=f"{CHAT}:code", key="k")
    await guessing.minutes_to_wait(session, hers.identity_id, "26-0000-0000")
    await handoff.request(session, hers.id, "request", language="ar", source_message_id=f"{CHAT}:human")
    await handoff.take(session, hers.id, "amal", actor="account:amal")
    await handoff.say(session, hers.id, f"أهلا {NAME}، {WORD}", key="1")
    await _an_agents_photo(session, hers)
    await handoff.release(session, hers.id, actor="account:amal")
    await notes.write(session, hers.id, f"{NAME} عند {WORD}", author="amal", key="1")
    amal = await account_named(session, "amal")
    assert amal
    for name, query in (("هي", f"q={PHONE[4:]}"), ("٣٩١٢ ٣٤٥٦", "q="), (NAME, "q="), (OTHERS, "status=open")):
        session.add(SavedFilter(account_id=amal.id, name=name, query=query))
    whatsapp = await conversation_at(session, "whatsapp", PHONE)
    assert whatsapp
    names = ("agency", "reference", "date", "praised", "outcome", "other")
    values = dict.fromkeys(names, "x") | {"words": WORD}
    told = {"event": "reply", "audience": "filer", "language": "ar", "values": values}
    number = await outbox.add(session, whatsapp, f"رد {WORD}", notification=told)
    failed = await session.get_one(OutboxMessage, number)
    failed.status, failed.error = "failed", "30003: unreachable"
    await another_way.take(session, failed)
    written = await inbox.store(
        session, hers, Inbound(channel=ChannelCode.TELEGRAM, address=CHAT, provider_id=f"{CHAT}:9", text=WORD)
    )
    assert written
    await remember_message(
        session, written, f"شنو {WORD}", channel="telegram", names=[NAME], about="intent",
        guesses={"intents": [], "categories": []},
    )  # fmt: skip


async def _an_agents_photo(session: AsyncSession, hers: Conversation) -> None:
    """It belongs to no case, and to the conversation only by the message that it went with."""
    photo = Attachment(
        source_key="staff:1", kind="photo", media_type="image/png", filename="ramadhani2.png", size=1, sha256="",
        storage_key="0" * 64,
    )  # fmt: skip
    session.add(photo)
    await session.flush()
    await outbox.say(session, hers, WORD, role="agent", attachments=[str(photo.id)])


async def _citizen(session: AsyncSession, talk: Conversation) -> UUID:
    return (await session.get_one(ChannelIdentity, talk.identity_id)).citizen_id


async def _in_chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content

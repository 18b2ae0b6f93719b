"""The web process with our number for calls, and who calls it."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import select

from contact_center.cases import service as cases
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode
from contact_center.channels.twilio_voice import VoiceLine
from contact_center.citizens.service import identity_for
from contact_center.conversations.inbox import begin
from contact_center.database import Database
from contact_center.telephone.models import Callback, PhoneCall
from contact_center.telephone.queue import step_of
from tests.fakes.twilio import Caller, TwilioServer

MARYAM, ALI = "+97339001122", "+97336112233"
DESCRIPTION = "حفرة كبيرة في طريق ٣١٢ كسرت إطار السيارة"


@dataclass
class PhoneLine:
    """What a test of calls needs."""

    twilio: TwilioServer
    database: Database
    http: httpx.AsyncClient
    voice: VoiceLine

    async def call_of(self, caller: Caller) -> PhoneCall:
        """The record of a call."""
        async with self.database.transaction() as session:
            return (await session.scalars(select(PhoneCall).where(PhoneCall.provider_id == caller.sid))).one()

    async def callbacks(self) -> list[Callback]:
        """Whom to call back, in the order in which they asked."""
        async with self.database.transaction() as session:
            return list(await session.scalars(select(Callback).order_by(Callback.asked_at)))

    async def bring(self, call: PhoneCall) -> None:
        """Send on a call that an agent has taken, as the console does."""
        await self.voice.bring(call.provider_id or "", step_of(call))
        await self.twilio.settled()

    async def files(self, phone: str | None = MARYAM, **different: Any) -> Case:
        """A case that was filed by WhatsApp from this number; None: from no number."""
        channel = ChannelCode.WHATSAPP if phone else ChannelCode.TELEGRAM
        fields: dict[str, Any] = {
            "type": "complaint",
            "category": "road.pothole",
            "description": DESCRIPTION,
            "governorate": "muharraq",
            "area": "المحرق",
            "block": "203",
            "contact_name": "مريم حسن",
            "contact_phone": phone,
            "channel": channel.value,
        }
        async with self.database.transaction() as session:
            identity = await identity_for(session, channel, phone or "4711", "مريم", phone)
            talk = await begin(session, channel, phone or "4711", identity)
            owned = {"identity_id": identity.id, "conversation_id": talk.id}
            return await cases.file(session, NewCase(**(fields | owned | different)))


def digits_of(case: Case) -> str:
    """A case's number as it is typed."""
    return case.reference.replace("-", "")

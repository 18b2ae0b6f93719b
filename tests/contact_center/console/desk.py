"""What the console's tests share: who works there, what is filed, and what a browser is given."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.conversations import outbox
from contact_center.conversations.inbox import begin
from contact_center.conversations.models import Conversation, InboxMessage

ORIGIN = "http://desk.test"
PASSWORD = "long enough to be a password"
COOKIE = "tawasul_staff"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f"
    "00050001ff56c72f0d0000000049454e44ae426082"
)
"""A picture of one pixel."""

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

Visit = Callable[..., Awaitable[httpx.AsyncClient]]
OpenPage = Callable[..., Awaitable[Page]]
"""Opens a browser as a person (None: as nobody), at a width and height. `forgiving`: it may fail to load things."""


@dataclass(frozen=True)
class People:
    """Amal takes calls, Omar is an officer of works, Sami his supervisor, Huda their head, Sara an officer of ewa, Noor
    a supervisor of iga, Adel administers, Zain audits."""

    amal: Account
    omar: Account
    sami: Account
    huda: Account
    sara: Account
    noor: Account
    adel: Account
    zain: Account


@dataclass(frozen=True)
class Filed:
    """A case of each agency: a pothole for works (Mariam's, with a conversation and a picture), a power cut for ewa."""

    pothole: Case
    outage: Case
    picture: str
    mariam: UUID


def form(**different: Any) -> NewCase:
    """A form about a pothole; name what is different."""
    fields: dict[str, Any] = {
        "type": "complaint",
        "category": "road.pothole",
        "description": "حفرة كبيرة في طريق ٣١٢ كسرت إطار السيارة",
        "governorate": "muharraq",
        "area": "المحرق",
        "block": "203",
        "contact_name": "مريم حسن",
        "contact_phone": "+97339123456",
        "channel": "telegram",
    }
    return NewCase(**(fields | different))


async def talk_on_telegram(session: AsyncSession, address: str, *texts: str) -> Conversation:
    """A conversation in which a person has said `texts`, each answered with a question that has two quick replies."""
    identity = await identity_for(session, ChannelCode.TELEGRAM, address, "مريم", None)
    conversation = await begin(session, ChannelCode.TELEGRAM, address, identity)
    for number, text in enumerate(texts):
        await says(session, conversation, f"{number}", text=text)
        buttons = [{"title": "نعم", "payload": "/affirm"}, {"title": "لا", "payload": "/deny"}]
        await outbox.add(session, conversation, f"سؤال عن: {text}", buttons=buttons, expects="category")
    return conversation


async def says(session: AsyncSession, conversation: Conversation, key: str, **content: Any) -> None:
    """A message of the person's that has been dealt with."""
    provider_id = f"{conversation.address}:{key}"
    content |= {"channel": conversation.channel, "address": conversation.address, "provider_id": provider_id}
    session.add(
        InboxMessage(
            conversation_id=conversation.id,
            channel=conversation.channel,
            provider_id=provider_id,
            content=content,
            status="processed",
        )
    )
    await session.flush()


async def in_chunks(content: bytes) -> AsyncIterator[bytes]:
    """A file as it comes in."""
    yield content

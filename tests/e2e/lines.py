"""The five ways in, alike: who speaks there, and how the service calls them."""

import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from tests.e2e.caller import Caller
from tests.e2e.system import System
from tests.e2e.web_citizen import WebCitizen

_phones = itertools.count(36_000_001)


class Heard(Protocol):
    """A message of ours as a person sees it."""

    text: str
    buttons: dict[str, str]


class Citizen(Protocol):
    """What a person can do on any channel; some also send photos and pins.

    Some know the id of the `newest` line that they heard; pages have a `lag`, in seconds, until a line stands there.
    """

    async def says(self, text: str) -> Any:
        """Send words."""

    async def presses(self, title: str) -> Any:
        """Press the button with this title."""

    async def hears(self, timeout: float = 20) -> Any:
        """The next message of ours. Raises `TimeoutError`."""


@dataclass
class Line:
    """A person's line to the service: channel code, address there, and the person."""

    channel: str
    address: str
    citizen: Any


def new_phone() -> str:
    """A Bahraini mobile number that nobody has had before."""
    return f"+973{next(_phones)}"


def telegram(system: System, name: str = "مريم أحمد", **options: Any) -> Line:
    """Somebody on Telegram."""
    citizen = system.telegram.citizen(name, **options)
    return Line("telegram", str(citizen.id), citizen)


def whatsapp(system: System, phone: str | None = None) -> Line:
    """Somebody on WhatsApp."""
    citizen = system.twilio.citizen(phone or new_phone(), channel="whatsapp")
    return Line("whatsapp", citizen.phone, citizen)


def sms(system: System, phone: str | None = None) -> Line:
    """Somebody who writes by SMS."""
    citizen = system.twilio.citizen(phone or new_phone(), channel="sms")
    return Line("sms", citizen.phone, citizen)


async def call(system: System, phone: str | None = None) -> Line:
    """Somebody who rings."""
    caller = await Caller.rings(system.http, system.url, system.api, phone or new_phone())
    return Line("call_center", caller.address, caller)


@contextlib.asynccontextmanager
async def webchat(system: System) -> AsyncIterator[Line]:
    """Somebody in the web chat, for as long as the block lasts."""
    async with WebCitizen.chatting(system.url) as citizen:
        yield Line("webchat", citizen.address, citizen)


@contextlib.asynccontextmanager
async def opened(system: System, channel: str) -> AsyncIterator[Line]:
    """Somebody on the channel with this code."""
    if channel == "webchat":
        async with webchat(system) as line:
            yield line
    elif channel == "call_center":
        yield await call(system)
    else:
        yield {"telegram": telegram, "whatsapp": whatsapp, "sms": sms}[channel](system)

"""A person in the web chat, over its HTTP: the interface of the citizens of `tests.fakes`."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self

import httpx


@dataclass
class Heard:
    """A line of the assistant's. `buttons`: title → payload, in order."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)


class WebCitizen:
    """One browser's chat: `address` is its conversation, `events` the ids that came."""

    def __init__(self, http: httpx.AsyncClient, address: str) -> None:
        self.http = http
        self.address = address
        self.heard: list[Heard] = []
        self.events: list[int] = []
        self._unheard: asyncio.Queue[Heard] = asyncio.Queue()

    @classmethod
    @contextlib.asynccontextmanager
    async def chatting(cls, url: str) -> AsyncIterator[Self]:
        """A chat that listens for as long as the block lasts."""
        async with httpx.AsyncClient(base_url=url, timeout=30) as http:
            begun = (await http.post("/chat/sessions")).raise_for_status().json()
            http.headers["Authorization"] = f"Bearer {begun['token']}"
            citizen = cls(http, begun["conversation"])
            listening = asyncio.create_task(citizen.listen())
            try:
                yield citizen
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    @property
    def newest(self) -> int:
        """The id of the newest line that came; 0 before the first."""
        return self.events[-1] if self.events else 0

    async def says(self, text: str) -> None:
        """Send words."""
        # As browsers write it: half of a pair of surrogates is a valid escape there.
        await self._post(content=json.dumps({"text": text}), headers={"Content-Type": "application/json"})

    async def presses(self, title: str) -> None:
        """Press the quick reply on the newest line that has it."""
        await self.sends_payload(payload_of(self.heard, title))

    async def sends_payload(self, payload: str) -> None:
        """Send what a quick reply would send."""
        await self._post(json={"payload": payload})

    async def sends_photo(self, content: bytes, caption: str = "") -> None:
        """Upload a photo."""
        await self._post(files={"file": ("photo.jpg", content, "image/jpeg")}, data={"text": caption})

    async def sends_location(self, lat: float, lon: float) -> None:
        """Share where one is."""
        await self._post(json={"location": {"lat": lat, "lon": lon}})

    async def hears(self, timeout: float = 20) -> Heard:
        """The assistant's next line. Raises `TimeoutError`."""
        return await asyncio.wait_for(self._unheard.get(), timeout)

    async def listen(self) -> None:
        """Take what comes, for ever; where the connection breaks, go on after the last event."""
        while True:
            with contextlib.suppress(httpx.HTTPError):
                await self._listen_once()
            await asyncio.sleep(0.2)

    async def _listen_once(self) -> None:
        headers = {"Last-Event-ID": str(self.events[-1])} if self.events else {}
        async with self.http.stream("GET", "/chat/events", headers=headers, timeout=None) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    self.events.append(int(value))
                elif name == "data":
                    self._take(json.loads(value))

    def _take(self, line: dict[str, Any]) -> None:
        heard = heard_in(line)
        self.heard.append(heard)
        self._unheard.put_nowait(heard)

    async def _post(self, **body: Any) -> None:
        (await self.http.post("/chat/messages", **body)).raise_for_status()


def heard_in(line: dict[str, Any]) -> Heard:
    """One of the API's lines."""
    return Heard(line["text"], {button["title"]: button["payload"] for button in line["buttons"]})


def payload_of(heard: list[Heard], title: str) -> str:
    """The payload of the newest button with this title."""
    for line in reversed(heard):
        if title in line.buttons:
            return line.buttons[title]
    raise AssertionError(f"there is no button «{title}» among {[list(line.buttons) for line in heard]}")

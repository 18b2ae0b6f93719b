"""A person on the phone: an agent types what they say into the call desk's API, and reads the answer out."""

import asyncio
from typing import Any, Self

import httpx

from tests.e2e.web_citizen import Heard, heard_in, payload_of


class Caller:
    """One call; `address` is its conversation, `newest` the id of the last line that came."""

    def __init__(self, http: httpx.AsyncClient, base: str, key: dict[str, str], address: str) -> None:
        self.address = address
        self.heard: list[Heard] = []
        self._http, self._key = http, key
        self._messages = f"{base}/api/v1/calls/{address}/messages"
        self.newest = 0
        self._unheard: asyncio.Queue[Heard] = asyncio.Queue()

    @classmethod
    async def rings(cls, http: httpx.AsyncClient, base: str, key: dict[str, str], phone: str | None) -> Self:
        """Begin a call; `phone` None: withheld."""
        begun = await http.post(f"{base}/api/v1/calls", json={"phone": phone}, headers=key)
        return cls(http, base, key, begun.raise_for_status().json()["conversation"])

    async def says(self, text: str) -> None:
        """Say something."""
        await self._post({"text": text})

    async def presses(self, title: str) -> None:
        """Have the agent choose a quick reply."""
        await self._post({"payload": payload_of(self.heard, title)})

    async def hears(self, timeout: float = 20) -> Heard:
        """What the agent reads out next. Raises `TimeoutError`."""
        async with asyncio.timeout(timeout):
            while self._unheard.empty():
                answer = await self._http.get(self._messages, params={"after": self.newest}, headers=self._key)
                self._take(answer.raise_for_status().json())
                if self._unheard.empty():
                    await asyncio.sleep(0.1)
        return self._unheard.get_nowait()

    async def _post(self, body: dict[str, str]) -> None:
        answer = await self._http.post(self._messages, json=body, headers=self._key)
        self._take(answer.raise_for_status().json()["messages"])

    def _take(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            if int(line["id"]) > self.newest:
                self.newest = int(line["id"])
                heard = heard_in(line)
                self.heard.append(heard)
                self._unheard.put_nowait(heard)

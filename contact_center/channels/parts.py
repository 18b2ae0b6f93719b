"""Sending a message that has to go out in several parts."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from contact_center.channels.base import SendError

Part = TypeVar("Part")

_REMEMBERED = 1000


class PartSender:
    """Sends parts in order. When one fails and the message is tried again, those already taken are not repeated."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, int] = OrderedDict()

    async def send(self, key: str, parts: Sequence[Part], send_one: Callable[[Part], Awaitable[str]]) -> str:
        """Send what is left of the message `key`; returns the id of its last part. Raises `send_one`'s `SendError`."""
        provider_id = ""
        for index in range(self._taken.pop(key, 0), len(parts)):
            try:
                provider_id = await send_one(parts[index])
            except SendError:
                self._remember(key, index)
                raise
        return provider_id

    def _remember(self, key: str, taken: int) -> None:
        if taken:
            self._taken[key] = taken
        if len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)

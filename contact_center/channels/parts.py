"""Sending a message that has to go out in several parts."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from contact_center.channels.base import SendError

Part = TypeVar("Part")

_REMEMBERED = 1000


class PartSender(Generic[Part]):
    """Sends parts in order. When one fails and the message is tried again, only what was left is sent."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, Sequence[Part]] = OrderedDict()

    async def send(self, key: str, parts: Sequence[Part], send_one: Callable[[Part], Awaitable[str]]) -> str:
        """Send the message `key`, or what is left of it; the id of its last part. Raises `send_one`'s `SendError`."""
        provider_id = ""
        parts = self._left.pop(key, parts)
        for index, part in enumerate(parts):
            try:
                provider_id = await send_one(part)
            except SendError:
                self._remember(key, parts[index:])
                raise
        return provider_id

    def _remember(self, key: str, left: Sequence[Part]) -> None:
        self._left[key] = left
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)

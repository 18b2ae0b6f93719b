"""Sending a message that has to go out in several parts."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from contact_center.channels.base import PartSent, SendError, not_noted

Part = TypeVar("Part")

_REMEMBERED = 1000


class PartSender(Generic[Part]):
    """Sends parts in order. When one fails and the message is tried again, only what was left is sent.

    What is left is remembered here; `part_sent` also has it written down for who tries again after this process died.
    """

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[int, Sequence[Part]]] = OrderedDict()

    async def send(
        self,
        key: str,
        parts: Sequence[Part],
        send_one: Callable[[Part], Awaitable[str]],
        *,
        parts_sent: int = 0,
        part_sent: PartSent = not_noted,
    ) -> str:
        """Send the message `key`, or what is left of it; the id of its last part. Raises `send_one`'s `SendError`.

        `parts_sent`: how many arrived at an earlier try; all are sent if it had fewer parts by now.
        """
        sent, left = self._left.pop(key, _rest(parts, parts_sent))
        provider_id = ""
        for count, part in enumerate(left, start=1):
            try:
                provider_id = await send_one(part)
            except SendError:
                self._remember(key, sent + count - 1, left[count - 1 :])
                raise
            if count < len(left):
                await part_sent(sent + count)
        return provider_id

    def _remember(self, key: str, sent: int, left: Sequence[Part]) -> None:
        self._left[key] = (sent, left)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)


def _rest(parts: Sequence[Part], sent: int) -> tuple[int, Sequence[Part]]:
    return (sent, parts[sent:]) if sent < len(parts) else (0, parts)

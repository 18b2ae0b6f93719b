"""Messages in several parts."""

import pytest

from contact_center.channels.base import TemporarilyFailed
from contact_center.channels.parts import PartSender


class Provider:
    """Takes parts; refuses the ones in `refuses`, once each."""

    def __init__(self, refuses: set[str]) -> None:
        self.taken: list[str] = []
        self.refuses = refuses

    async def take(self, part: str) -> str:
        if part in self.refuses:
            self.refuses.remove(part)
            raise TemporarilyFailed("later")
        self.taken.append(part)
        return f"id-{part}"


async def test_a_second_try_goes_on_where_the_first_ended() -> None:
    sender, provider = PartSender[str](), Provider({"b"})
    with pytest.raises(TemporarilyFailed):
        await sender.send("7", ["a", "b", "c"], provider.take)
    assert await sender.send("7", ["composed", "anew"], provider.take) == "id-c"
    assert provider.taken == ["a", "b", "c"]


async def test_messages_do_not_mix() -> None:
    sender, provider = PartSender[str](), Provider({"b"})
    with pytest.raises(TemporarilyFailed):
        await sender.send("7", ["a", "b"], provider.take)
    assert await sender.send("8", ["a", "b"], provider.take) == "id-b"
    assert provider.taken == ["a", "a", "b"]

"""People in whole conversations: what they were told is kept, to be looked through when they have gone."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import groupby
from typing import Any

from contact_center.channels.telegram_keyboards import SEEN
from tests.e2e import lines
from tests.e2e.lines import Line
from tests.e2e.person import REFERENCE, Person, Story
from tests.e2e.pictures import photo
from tests.e2e.shown_words import unfit
from tests.e2e.system import System

NOBODY = Story("", "", "", "", "")
_ENGLISH = {"اي نعم": "yes", "لا ما عندي صور": "no photos", "خلاص بس هذا": "that is all"}
"""What anybody says, as people say it who speak English."""


class Someone(Person):
    """A person who says this and that; `language` is the one that they are answered in from now on."""

    def __init__(self, system: System, line: Line, story: Story, language: str) -> None:
        super().__init__(system, line, story)
        self.system, self.language = system, language
        self._told: list[tuple[str, str]] = []
        self._looked_through = 0

    async def listens(self) -> str:
        """As everybody, and note in which language it ought to be."""
        words = await super().listens()
        new = self.line.citizen.heard[self._looked_through :]
        self._looked_through += len(new)
        self._told += [(self.language, heard.text) for heard in new if heard.text != SEEN]  # takes a keyboard away
        return words

    async def says(self, text: str) -> None:
        """Say something, in one's own language, and hear the answer."""
        await super().says(_ENGLISH.get(text, text) if self.language == "en" else text)

    async def tells(self, *messages: str) -> str:
        """Say one thing after the other, each once the one before was answered; the last answer."""
        for words in messages:
            await self.says(words)
        return self.heard

    async def chooses_one(self, title: str) -> None:
        """Choose what is offered, as the channel offers it. Raises where it is not."""
        assert await self.chooses(title), f"«{title}» is not offered:\n{self.transcript}"

    async def shows(self, content: bytes | None = None) -> None:
        """Send a photo."""
        await self._do("(photo)", self.line.citizen.sends_photo(content or photo()))

    async def pins(self, lat: float, lon: float) -> None:
        """Share a place."""
        await self._do(f"(pin {lat} {lon})", self.line.citizen.sends_location(lat, lon))

    async def shares_own_card(self) -> None:
        """Share one's own number by the button."""
        await self._do("(card)", self.line.citizen.sends_contact())

    async def draft(self) -> dict[str, Any]:
        """What of the case is known so far."""
        return dict((await self.system.state(self.line.channel, self.line.address))["draft"])

    async def case(self, number: str | None = None) -> dict[str, Any]:
        """The case with this number, or the one that was told last, whole."""
        reference = number or REFERENCE.findall(self.transcript)[-1]
        answer = await self.system.http.get(f"{self.system.url}/api/v1/cases/{reference}", headers=self.system.api)
        return dict(answer.raise_for_status().json())

    async def files_the_rest(self) -> dict[str, Any]:
        """Answer whatever is still asked, by the story; the case."""
        await self.goes_on()
        return await self.case()

    def misled(self) -> list[str]:
        """What was wrong with all that they were told."""
        own_words = " ".join([*(words for who, words in self.lines if who == "citizen"), self.story.name])
        spoken = groupby(self._told, key=lambda told: told[0])
        return [wrong for language, told in spoken for wrong in unfit([text for _, text in told], language, own_words)]


Meet = Callable[..., Awaitable[Someone]]


@contextlib.asynccontextmanager
async def company(system: System) -> AsyncIterator[Meet]:
    """Meets people on lines of their own; when all is said, nothing that they were told may have been unfit."""
    met: list[Someone] = []
    async with contextlib.AsyncExitStack() as stack:

        async def meet(channel: str, story: Story = NOBODY, language: str = "ar", line: Line | None = None) -> Someone:
            theirs = line or await stack.enter_async_context(lines.opened(system, channel))
            met.append(Someone(system, theirs, story, language))
            return met[-1]

        yield meet
    for someone in met:
        assert someone.misled() == [], someone.transcript

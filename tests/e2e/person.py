"""A person with something to complain of, who answers in their own words whatever the assistant asks."""

import contextlib
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.arabic import normalise
from tests.e2e.lines import Heard, Line
from tests.e2e.system import System

REFERENCE = re.compile(r"(?<!\d)\d{2}-\d{4}-\d{4}(?!\d)")
ANSWER_SECONDS = 60.0
REST_SECONDS = 10.0
"""How long the rest of an answer may take once it was begun."""
_LOOK_SECONDS = 0.1
_AT_ONCE = 0.02
MOST_TURNS = 15
KEPT = normalise("محفوظة")
"""A word of the sentence that says that a message waits: the answer is still to come."""
YES = set(map(normalise, ("نعم", "اي", "صح", "صحيح", "تمام", "أرسل", "سجل", "تأكيد", "أكد", "موافق", "قدم", "ارفع")))

FILE_ANYWAY = ("سجلوه بروحه", "File mine anyway", "File a new one")
"""The buttons by which a case is filed though one about the same is open."""

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Story:
    """What the person knows. `category`: the catalogue's name that they would recognise as theirs."""

    words: str
    category: str
    place: str
    name: str
    phone: str
    photo: bytes | None = None
    photo_first: bool = False
    pin: tuple[float, float] | None = None


class Person:
    """Somebody on a line; `lines` holds both sides of the conversation as (who, words).

    `to_similar`: what they say where an open case about the same is shown (None: the button that files one more);
    `similar`: what they were shown there.
    """

    def __init__(self, system: System, line: Line, story: Story, tell: Tell | None = None) -> None:
        self.line, self.story = line, story
        self.lines: list[tuple[str, str]] = []
        self.asked: list[str | None] = []
        self.buttons: list[str] = []
        self.patience = ANSWER_SECONDS
        self.to_similar: str | None = None
        self.similar: str | None = None
        self._system = system
        self._tell = tell
        self._photo_sent = False
        self._heard = ""

    async def files(self) -> str:
        """Talk until a case is filed; its reference number. Raises `AssertionError` with the whole conversation."""
        await self.begins()
        return await self.goes_on()

    async def goes_on(self) -> str:
        """As `files`, from where the conversation stands."""
        for _ in range(MOST_TURNS):
            if found := REFERENCE.search(self._heard):
                return found[0]
            await self.answers(await self.expected())
        raise AssertionError(f"no case after {MOST_TURNS} answers:\n{self.transcript}")

    async def begins(self) -> None:
        """Say what is wrong, or show it."""
        if self.story.photo and self.story.photo_first:
            await self._show_photo()
        else:
            await self.says(self.story.words)

    async def expected(self) -> str | None:
        """The slot that the assistant asks for now."""
        return (await self._system.state(self.line.channel, self.line.address))["expects"]

    async def answers(self, asked: str | None) -> None:
        """Answer the open question, `asked` being its slot (None: no slot)."""
        self.asked.append(asked)
        answer = {
            "description": self._what,
            "case_type": self._type,
            "category": self._category,
            "area": self._place,
            "address": self._place,
            "attachments": self._photo,
            "contact_name": self._name,
            "contact_phone": self._phone,
            "confirm": self._yes,
            None: self._something_else,
        }
        if asked not in answer:
            raise AssertionError(f"nobody knows what to say to {asked!r}:\n{self.transcript}")
        await answer[asked]()

    async def says(self, text: str) -> None:
        """Say something and hear the answer."""
        await self._do(text, self.line.citizen.says(text))

    async def presses(self, title: str) -> None:
        """Press a button and hear the answer."""
        await self._do(f"[{title}]", self.line.citizen.presses(title))

    async def chooses(self, wanted: str) -> bool:
        """Choose what is offered under this name, however the channel offers it; False where it is not."""
        if wanted in self.buttons:
            await self.presses(wanted)
            return True
        number = re.search(rf"^\s*(\d+)[.)\-]\s*{re.escape(wanted)}\s*$", self._heard, re.MULTILINE)
        if number is None:
            return False
        cut = [title for title in self.buttons if title.startswith(f"{number[1]}.")]
        await (self.presses(cut[0]) if cut else self.says(number[1]))
        return True

    @property
    def heard(self) -> str:
        """The assistant's last answer, all its messages."""
        return self._heard

    @property
    def transcript(self) -> str:
        """The conversation so far."""
        return "\n".join(f"{who}: {words}" for who, words in self.lines)

    # What is said to which question

    async def _what(self) -> None:
        await self.says(self.story.words)

    async def _type(self) -> None:
        if not await self.chooses("شكوى"):
            await self.says("شكوى")

    async def _category(self) -> None:
        if await self.chooses(self.story.category):
            return
        if self.story.category in self._heard:
            await self._yes()
        else:
            await self.says(self.story.category)

    async def _place(self) -> None:
        if self.story.pin and hasattr(self.line.citizen, "sends_location"):
            await self._do(f"(pin {self.story.pin})", self.line.citizen.sends_location(*self.story.pin))
        else:
            await self.says(self.story.place)

    async def _photo(self) -> None:
        if self.story.photo and not self._photo_sent:
            await self._show_photo()
        else:
            await self.says("خلاص بس هذا" if self._photo_sent else "لا ما عندي صور")

    async def _name(self) -> None:
        await self.says(self.story.name)

    async def _phone(self) -> None:
        await self.says(self.story.phone)

    async def _yes(self) -> None:
        if title := next((title for title in self.buttons if _means_yes(title)), None):
            await self.presses(title)
        else:
            await self.says("اي نعم")

    async def _something_else(self) -> None:
        """No slot is asked for: a yes/no question, or an invitation to say what is wrong."""
        if await self._files_anyway():
            return
        if any(_means_yes(title) for title in self.buttons):
            await self._yes()
        elif ("citizen", self.story.words) not in self.lines:
            await self._what()
        else:
            raise AssertionError(f"nothing is asked, and nothing filed:\n{self.transcript}")

    async def _files_anyway(self) -> bool:
        """Where an open case about the same is shown, have one more filed, or say `to_similar`; False where none is."""
        if not any(title in self._heard or title in self.buttons for title in FILE_ANYWAY):
            return False
        self.similar = self._heard
        if self.to_similar:
            await self.says(self.to_similar)
            return True
        for title in FILE_ANYWAY:
            if await self.chooses(title):
                return True
        return False

    async def _show_photo(self) -> None:
        self._photo_sent = True
        await self._do("(photo)", self.line.citizen.sends_photo(self.story.photo))

    # Speaking and listening

    async def _do(self, shown: str, doing: Awaitable[object]) -> None:
        self._note("citizen", shown)
        try:
            await doing
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self.transcript}") from error
        await self.listens()

    async def listens(self) -> str:
        """Hear the whole of the next answer, which may be several messages; its words."""
        said = [await self._begins_to_hear()]
        late, complete = time.monotonic() + REST_SECONDS, False
        lag = getattr(self.line.citizen, "lag", _AT_ONCE)
        while not complete and time.monotonic() < late:
            complete = await self._all_is_sent()
            with contextlib.suppress(TimeoutError):
                while True:
                    said.append(await self._hears(lag if complete else _LOOK_SECONDS))
        self._heard = "\n".join(heard.text for heard in said)
        self.buttons = [title for heard in said for title in heard.buttons]
        return self._heard

    async def _begins_to_hear(self) -> Heard:
        """The first of an answer. Patience begins anew where a process was down: what counts is what it does once it
        is back, not how long this machine takes to start it."""
        while True:
            printed = len(self._system.output)
            with contextlib.suppress(TimeoutError):
                return await self._hears(self.patience)
            if not self._system.was_down(printed):
                raise AssertionError(f"no answer in {self.patience:g} s:\n{self.transcript}")

    async def _hears(self, seconds: float) -> Heard:
        """The next message that is an answer. Raises `TimeoutError`."""
        while True:
            heard: Heard = await self.line.citizen.hears(seconds)
            self._note("assistant", _shown(heard))
            if KEPT not in normalise(heard.text):
                return heard

    async def _all_is_sent(self) -> bool:
        last = await self._system.last_said(self.line.channel, self.line.address)
        return last is not None and getattr(self.line.citizen, "newest", last) >= last

    def _note(self, who: str, words: str) -> None:
        self.lines.append((who, words))
        if self._tell:
            self._tell(who, words)


def _shown(heard: Heard) -> str:
    return " ".join([heard.text, *(f"[{title}]" for title in heard.buttons)])


def _means_yes(title: str) -> bool:
    words = re.findall(r"\w+", normalise(title))
    return bool(words) and words[0] in YES

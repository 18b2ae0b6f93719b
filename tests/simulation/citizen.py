"""A simulated citizen: knows their facts, speaks in their manner, and answers by what the assistant asks."""

import asyncio
import random
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.category_groups import choices
from contact_center.agencies.catalogue import catalogue
from tests.e2e.lines import Line
from tests.e2e.person import REFERENCE, Person, Story
from tests.e2e.pictures import photo
from tests.e2e.system import System
from tests.fakes.twilio.citizen import MESSAGES_PATH
from tests.simulation.people import Change, Manner, Someone, manners
from tests.simulation.watching import Watch

MOST_TURNS = 30
_AFTER_THE_PLACE = {"attachments", "contact_name", "contact_phone", "confirm"}
_SAID_AGAIN = {"description", "area", "contact_name", "contact_phone"}
_FILES = {"telegram", "whatsapp", "webchat"}
_PAUSED = re.compile("الكل ب(?:خير|أمان)|everyone is safe")
"""How the assistant ends where it has named 999 and waits before it asks on."""
_GOES_ON = re.compile(r"نكمل|go on|continue", re.IGNORECASE)


class Stuck(AssertionError):
    """The conversation led to no case."""


@dataclass(frozen=True)
class Mood:
    """What this person happens to do this time. `opens`: tells, says, greets, wishes or photo."""

    opens: str
    between: float
    presses: float
    repeats: float
    delivered_twice: float
    waits: float
    shows_photo: bool
    adds: bool
    change: Change | None

    @classmethod
    def by(cls, chance: random.Random, someone: Someone, channel: str) -> "Mood":
        """A mood by chance, such as may be met on the channel."""
        openings = ["tells"] * 6 + ["says", "says", "greets", "wishes"] + ["photo"] * (channel in _FILES)
        return cls(
            opens=chance.choice(openings),
            between=chance.choice((0.0, 0.0, 0.12, 0.25)),
            presses=chance.choice((0.2, 0.6, 1.0)),
            repeats=chance.choice((0.0, 0.0, 0.1)),
            delivered_twice=chance.choice((0.0, 0.15)),
            waits=chance.choice((0.0, 0.0, 0.2)),
            shows_photo=chance.random() < 0.4 and channel in _FILES,
            adds=chance.random() < 0.15,
            change=chance.choice(someone.changes) if someone.changes and chance.random() < 0.3 else None,
        )


class Citizen(Person):
    """Talks until a case is filed. `told`: the facts they have said, as they hold by now; `turns`: their messages."""

    def __init__(
        self, system: System, line: Line, someone: Someone, chance: random.Random, others: list[str],
        phone: str,
    ) -> None:  # fmt: skip
        super().__init__(system, line, Story("", "", "", someone.name, someone.phone))
        self.someone = someone
        self.phone_of_line = phone
        self.mood = Mood.by(chance, someone, line.channel)
        self.told: dict[str, str | None] = {}
        self.described: list[str] = []
        self.photos = 0
        self.turns = 0
        self.draft: Mapping[str, Any] = {}
        self.watch = Watch(someone.english)
        self.watch.said(someone.name)
        self.first_held_the_facts = self.mood.opens == "tells"
        self._chance, self._others = chance, others
        self._manner: Manner = manners()[someone.manner]
        self._answered: set[str] = set()
        self._said_in_between: set[str] = set()
        self._change, self._adds = self.mood.change, self.mood.adds
        self._mentioned: set[str] = set()
        self._steps_in_lists = 0

    async def files(self) -> str:
        """The reference number of the case. Raises `Stuck` where there is none after many turns."""
        await self._opens()
        while self.turns < MOST_TURNS:
            if reference := self._filed():
                return reference
            if _PAUSED.search(self._heard):
                await self.says(self._one_of(self._manner.all_well))
                continue
            asked = await self.open_question()
            if asked in self._answered:
                self.watch.findings.append(f"asked for {asked} again, which was answered")
                self._answered.discard(asked)
            await self._next(asked)
        raise Stuck(f"no case after {MOST_TURNS} messages")

    async def open_question(self) -> str | None:
        """The open question; the draft is looked at with it."""
        state = await self._system.state(self.line.channel, self.line.address)
        self.draft = state["draft"] or self.draft
        expects: str | None = state["expects"]
        return expects

    # What comes next

    async def _opens(self) -> None:
        kind = self.mood.opens
        if kind == "photo":
            await self._shows()
        elif kind == "greets":
            await self.says(self._one_of(self._manner.greets))
        elif kind == "wishes":
            await self.says(self._one_of(self._manner.wishes[self.someone.type]))
        else:
            await self._describes(self.someone.tells if kind == "tells" else self.someone.says)

    async def _next(self, asked: str | None) -> None:
        if asked and self._by_chance(self.mood.between) and (words := self._something_in_between()):
            await self._says_in_between(words, asked)
        elif self._change and self._may_change(asked):
            await self._changes(self._change)
        elif self._adds and asked in ("attachments", "confirm"):
            self._adds = False
            self.described.append(self.someone.more)
            await self.says(self.someone.more)
        else:
            said = len(self.lines)
            await self.answers(asked)
            await self._may_repeat(asked, self.lines[said][1])

    def _something_in_between(self) -> str | None:
        """Thanks, a question, the number of another case: nothing that they said before."""
        kinds = dict(self._manner.between) | ({"check_status": tuple(self._others)} if self._others else {})
        words = self._one_of(kinds[self._chance.choice(sorted(kinds))])
        if words in self._said_in_between:
            return None
        self._said_in_between.add(words)
        self._mentioned.update(REFERENCE.findall(words))
        return words

    async def _says_in_between(self, words: str, asked: str) -> None:
        draft = dict(self.draft)
        await self.says(words)
        now = await self.open_question()
        if now != asked:
            self.watch.findings.append(f"«{words}» moved the open question from {asked} to {now}")
        if changed := {name for name in {*draft, *self.draft} if draft.get(name) != self.draft.get(name)}:
            self.watch.findings.append(f"«{words}» at {asked} changed {sorted(changed)}")

    def _may_change(self, asked: str | None) -> bool:
        if self._change is None or asked not in _AFTER_THE_PLACE:
            return False
        if {"contact_name", "contact_phone"} & self._change.fields.keys():
            return asked == "confirm"
        return "area" in self.told and (asked == "confirm" or self._by_chance(0.5))

    async def _changes(self, change: Change) -> None:
        self._change = None
        self.told.update(change.fields)
        if "area" in change.fields:
            self._answered.discard("address")
        await self.says(change.says)

    async def _may_repeat(self, asked: str | None, words: str) -> None:
        """Somebody who is not sure that it arrived says it once more."""
        if asked in _SAID_AGAIN and not words.startswith(("[", "(")) and self._by_chance(self.mood.repeats):
            await self.says(words)

    # What is said to which question

    async def answers(self, asked: str | None) -> None:
        """Answer the open question, `asked` being its slot (None: no slot)."""
        answer = {
            "description": self._what,
            "case_type": self._type,
            "category": self._category,
            "area": self._place,
            "address": self._address,
            "attachments": self._photo,
            "contact_name": self._name,
            "contact_phone": self._phone,
            "confirm": self._confirm,
            "reference": self._what,
            None: self._something_else,
        }
        if asked not in answer:
            raise Stuck(f"nobody knows what to say to {asked}")
        await answer[asked]()

    async def _what(self) -> None:
        await self._describes(self.someone.says + self.someone.tells)

    async def _describes(self, wordings: tuple[str, ...]) -> None:
        words = self._one_of(wordings)
        self.described.append(words)
        self._tells(words)
        self._answered.add("description")
        await self.says(words)

    async def _type(self) -> None:
        self._answered.add("case_type")
        await self._chooses_or_says(self._manner.types[self.someone.type])

    async def _category(self) -> None:
        names = self.someone.category_names()
        if wanted := next((name for name in names if self._is_offered(name)), None):
            self._answered.add("category")
            await self.chooses(wanted)
        elif any(f"«{name}»" in self._heard or f"“{name}”" in self._heard for name in names):
            self._answered.add("category")
            await self._yes()
        elif section := next((title for title in self._sections() if self._is_offered(title)), None):
            self._steps_in_lists += 1
            await self.chooses(section)
        else:
            self._steps_in_lists += 1
            await self._none_of_these()

    def _sections(self) -> list[str]:
        """The titles under which somebody would look for their matter."""
        language = "en" if self.someone.english else "ar"
        mine = [code for code, one in choices().items() if self.someone.category in one.categories]
        above = [code for code, one in choices().items() if any(group in mine for group in one.groups) and one.title]
        return [choices()[code].title[language] for code in (*mine, *above)]

    async def _none_of_these(self) -> None:
        refusal = next((title for title in self.buttons if re.match(r"(?:\d+\.\s*)?(?:لا|ولا|No)", title)), None)
        if refusal and self._by_chance(self.mood.presses):
            await self.presses(refusal)
        else:
            await self.says(self._one_of(self._manner.none_of_these))

    async def _place(self) -> None:
        if self.buttons and "area" in self._answered and (known := self._governorate_button()):
            await self.presses(known)
            return
        if not self.someone.where:
            raise Stuck("asked for a place where there is none")
        words = self.someone.where
        self._tells(words)
        self._answered.add("area")
        await self.says(words)

    def _governorate_button(self) -> str | None:
        code = self.someone.governorate(self.told.get("area"))
        entry = catalogue().governorates.get(code or "")
        name = entry.name("en" if self.someone.english else "ar") if entry else ""
        return next((title for title in self.buttons if title in name), None)

    async def _address(self) -> None:
        self._answered.add("address")
        words = self.someone.exactly or self._one_of(self._manner.no_address)
        self._tells(words)
        if self.someone.exactly and not self.someone.conveyed(words):
            self.told["address"] = words
        await self.says(words)

    async def _photo(self) -> None:
        if self.mood.shows_photo and not self.photos:
            await self._shows()
            return
        self._answered.add("attachments")
        if self.buttons and self._by_chance(self.mood.presses):
            await self.presses(self.buttons[0])
        else:
            await self.says(self._one_of(self._manner.enough if self.photos else self._manner.no_files))

    async def _shows(self) -> None:
        self.photos += 1
        await self._do("(photo)", self.line.citizen.sends_photo(photo(8_000)))

    async def _name(self) -> None:
        self._answered.add("contact_name")
        self.told["contact_name"] = self.someone.name
        await self.says(self.someone.name)

    async def _phone(self) -> None:
        self._answered.add("contact_phone")
        self.told["contact_phone"] = self.someone.phone
        await self.says(self.someone.phone)

    async def _confirm(self) -> None:
        await self._yes()

    async def _yes(self) -> None:
        if self.buttons and self._by_chance(self.mood.presses):
            await self.presses(self.buttons[0])
        else:
            await self.says(self._one_of(self._manner.agrees))

    async def _something_else(self) -> None:
        """No slot is asked for: an invitation to say what is wrong, or a question to be answered yes or no."""
        if not self.described:
            await self._describes(self.someone.says + self.someone.tells)
        elif await self._files_anyway():
            return
        elif on := next((title for title in self.buttons if _GOES_ON.search(title)), None):
            await self.presses(on)
        else:
            raise Stuck("nothing is asked, and nothing filed")

    # Speaking and listening

    def _tells(self, words: str) -> None:
        self.told.update(self.someone.conveyed(words))
        if "area" in self.told:
            self._answered.add("area")
        if "block" in self.told and "road" in self.told:
            self._answered.add("address")

    async def _chooses_or_says(self, wanted: str) -> None:
        if not await self.chooses(wanted):
            await self.says(wanted)

    def _is_offered(self, wanted: str) -> bool:
        line = re.compile(rf"^\s*\d+[.)\-]\s*{re.escape(wanted)}\s*$", re.MULTILINE)
        return wanted in self.buttons or bool(line.search(self._heard))

    async def _do(self, shown: str, doing: Awaitable[object]) -> None:
        self.turns += 1
        self.watch.said(shown)
        if self._by_chance(self.mood.waits):
            await asyncio.sleep(self._chance.uniform(0.2, 1.5))
        before = len(self.line.citizen.heard)
        self._note("citizen", shown)
        sent = await doing
        if self._by_chance(self.mood.delivered_twice):
            await self._deliver_again(sent)
        try:
            await self.listens()
        except AssertionError as error:
            raise Stuck("no answer came") from error
        self.watch.heard(self.line.citizen.heard[before:])

    async def _deliver_again(self, sent: Any) -> None:
        """As providers do that are not sure of their first delivery."""
        if self.line.channel == "telegram":
            await self._system.telegram.post(sent)
        elif self.line.channel in ("whatsapp", "sms"):
            await self._system.twilio.post(MESSAGES_PATH, sent)

    def _filed(self) -> str | None:
        """The number of their case: what they mentioned themselves and the example in a question are none."""
        found = [one for one in REFERENCE.findall(self._heard) if one not in self._mentioned]
        return found[-1] if found and found[-1] != "26-1234-5678" else None

    def _by_chance(self, share: float) -> bool:
        return self._chance.random() < share

    def _one_of(self, wordings: tuple[str, ...]) -> str:
        return self._chance.choice(wordings)

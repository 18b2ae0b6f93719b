"""The conversation that both systems hold: a whole complaint, typed."""

from dataclasses import dataclass, field
from typing import Any

from tests.e2e import lines, stories
from tests.e2e.lines import Line
from tests.e2e.person import Person
from tests.e2e.system import System


@dataclass(frozen=True)
class Turn:
    """What the person types, and what they are answered."""

    says: str
    answers: tuple[str, ...]


@dataclass
class _Typist:
    """A person who does not press buttons."""

    citizen: Any
    turns: list[tuple[str, list[str]]] = field(default_factory=list)

    async def says(self, text: str) -> None:
        self.turns.append((text, []))
        await self.citizen.says(text)

    async def hears(self, timeout: float = 20) -> Any:
        heard = await self.citizen.hears(timeout)
        heard.buttons = {}
        self.turns[-1][1].append(heard.text)
        return heard


async def held_once(system: System) -> list[Turn]:
    """Hold the conversation once, answering whatever is asked; what was said by both."""
    line = lines.telegram(system)
    typist = _Typist(line.citizen)
    await Person(system, Line(line.channel, line.address, typist), stories.POTHOLE).files()
    return [Turn(said, tuple(answers)) for said, answers in typist.turns]

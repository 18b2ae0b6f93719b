"""What people do in the simulated year: plain data, of which both the service and the slow model are told."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Person:
    """Somebody with one address on one channel; each phone call is another."""

    number: int
    channel: str
    language: str
    phone: int
    """Whose number it is that they write or call from: who calls again has the phone of the first call."""


@dataclass(frozen=True)
class Act:
    """One thing that somebody does to a case, at a whole second (aware). Which details count depends on `do`."""

    at: datetime
    do: str
    """`take`, `ask`, `answer`, `add`, `reply`, `close`, `transfer`, `interim`, `withdraw`, `reopen`, `rate`, `note`,
    `join`; `word`: a status with a word to the citizen."""
    close: bool = False
    agency: str | None = None
    category: str | None = None
    day: date | None = None
    rating: int | None = None
    person: Person | None = None


@dataclass
class Plan:
    """One case: how it is filed, and what is done to it, in order."""

    number: int
    person: Person
    filed_at: datetime
    type: str
    category: str
    governorate: str | None
    area: str | None
    block: str | None
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """What happens to a person's conversation: `stop` and `start` (messages), `taken` and `released` (by an agent)."""

    at: datetime
    person: Person
    do: str


@dataclass(frozen=True)
class Declaration:
    """A day is declared working or not, at the beginning of a step."""

    at: datetime
    day: date
    working: bool


@dataclass
class Year:
    """All of it. `step_minutes`: how often deadlines are looked after."""

    plans: list[Plan]
    turns: list[Turn]
    declarations: list[Declaration]
    begins: datetime
    ends: datetime
    step_minutes: int = 30

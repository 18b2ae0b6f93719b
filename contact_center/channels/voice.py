"""What a telephone line brings and what it can be told: types that name no provider."""

from dataclasses import dataclass
from enum import StrEnum

CLIENT = "client"
"""An agent who is reached in the provider's own client has the address `client:name`."""


@dataclass(frozen=True)
class Line:
    """Words that are read aloud. `language`: `ar` or `en`."""

    text: str
    language: str


@dataclass(frozen=True)
class Ask:
    """Say it, and wait for keys; they are brought to `step`, and so is silence, without any.

    `digits`: after so many it goes on; None: after the hash key.
    """

    lines: tuple[Line, ...]
    step: str
    digits: int | None = 1
    seconds: int = 6


@dataclass(frozen=True)
class Queue:
    """Say it, and have the caller wait for an agent."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Hold:
    """What is said in the queue before the pause, until it is asked for anew; a key is brought to `step`."""

    lines: tuple[Line, ...]
    step: str
    seconds: int


@dataclass(frozen=True)
class Leave:
    """Leave the queue; what comes next is asked for at the step for those who left."""


@dataclass(frozen=True)
class Connect:
    """Say it, and ring an agent; what became of it is brought to `step`."""

    lines: tuple[Line, ...]
    to: str
    """A number in E.164, or `client:name`."""
    step: str
    seconds: int


@dataclass(frozen=True)
class End:
    """Say it and hang up."""

    lines: tuple[Line, ...] = ()


Told = Ask | Queue | Hold | Leave | Connect | End


class Ending(StrEnum):
    """Why a caller is no longer in the queue."""

    GONE = "gone"
    """They hung up."""
    TAKEN = "taken"
    """They are put through to an agent."""
    LEFT = "left"
    """They asked to be called back instead."""
    FAILED = "failed"
    """The queue took no more of them."""


@dataclass(frozen=True)
class Heard:
    """One request of the provider's about a call."""

    provider_id: str
    phone: str | None
    """The number that the network shows, in E.164; None: withheld. It can be forged, and proves nothing."""
    digits: str = ""

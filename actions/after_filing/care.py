"""What is wanted of a filed case, as far as it has been said: kept in the slot `care` between messages."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

WISHES = frozenset({"add_information", "withdraw_case", "reopen_case"})
"""Intents that are about a case that is filed; with `rate_reply`, which the gateway sends, all that is cared for."""


@dataclass(frozen=True)
class Care:
    """A wish. `action_after_filing` fulfils it, or asks what is missing."""

    wish: str
    """`add_information`, `withdraw_case`, `reopen_case` or `rate_reply`."""
    reference: str | None = None
    """The number of the case, as it was given or found; None: not known yet."""
    step: str | None = None
    """The open question: `which` case, `words` or `more` to add, whether a `photo` is for it, `sure`, `reason`,
    `reopen`, `comment`."""
    words: str = ""
    files: tuple[str, ...] = ()
    rating: int | None = None
    answer: str | None = None
    """What the newest message says to the open question: `yes`, `no`, or `again` where it says nothing to it."""

    @classmethod
    def of(cls, slots: Mapping[str, Any]) -> "Care | None":
        """What the slot `care` holds."""
        kept = slots.get("care")
        return cls(**{**kept, "files": tuple(kept["files"])}) if kept else None

    def kept(self) -> dict[str, Any]:
        """As the slot keeps it."""
        return {**asdict(self), "files": list(self.files)}

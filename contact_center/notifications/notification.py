"""What is told to whom, before it has words: so that it can be worded for whichever way it takes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

FILER, FOLLOWER = "filer", "follower"


@dataclass(frozen=True)
class Notification:
    """One thing told: an event of `templates.yml` to one of its audiences."""

    event: str
    audience: str
    values: Mapping[str, str]
    """What stands in the placeholders, in the person's language."""
    language: str
    outside: bool = False
    """Whether WhatsApp has said that its 24 hours are over, whatever we think."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As `kept` holds it."""
        return cls(**kept)

    def kept(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return asdict(self)

    def for_outside(self) -> Self:
        """The same, for a template only."""
        return replace(self, outside=True)

    def with_links(self, links: Sequence[str]) -> Self:
        """The same, with these lines before the agency's words, of which the end may be cut off."""
        words = "\n".join([*links, self.values.get("words", "")])
        return replace(self, values={**self.values, "words": words}) if links else self

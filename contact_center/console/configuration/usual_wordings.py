"""What is told where no administrator has worded it otherwise: to read, and to begin one's own wording with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from contact_center.console.words import words
from contact_center.notifications.templates import LANGUAGES, shipped, told


@dataclass(frozen=True)
class UsualWording:
    """What an audience is told of an event in a language; `fields`: the query that fills in the form of a new one."""

    event: str
    audience: str
    language: str
    text: str
    fields: str


def usual_wordings(language: str) -> Sequence[UsualWording]:
    """All of them, in the order of `templates.yml`; event and audience named in `language`."""
    return [_usual(event, audience, told_in, language) for event, audience in told() for told_in in LANGUAGES]


def _usual(event: str, audience: str, told_in: str, language: str) -> UsualWording:
    text: str = shipped()["events"][event][audience][told_in].strip()
    fields = urlencode({"event": event, "audience": audience, "language": told_in, "text": text})
    names = words(f"told.{event}", language), words(f"audience.{audience}", language)
    return UsualWording(*names, told_in, text, fields)

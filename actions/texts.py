"""The assistant's wording as domain.yml has it, for what actions say themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from contact_center.settings import ROOT

Slots = Mapping[str, Any]
Button = dict[str, str]
Utterance = dict[str, Any]
"""What `CollectingDispatcher.utter_message` takes."""


@dataclass(frozen=True)
class Wording:
    """One variant of a response: its text and buttons with `{placeholders}`, and what it is for: slot values, and the
    one channel that has a wording of its own."""

    text: str
    buttons: tuple[Button, ...] = ()
    condition: Mapping[str, Any] = field(default_factory=dict)
    channel: str | None = None

    def suits(self, slots: Slots) -> bool:
        """Whether it may be said on the slots' channel, and every slot that the condition names has its value."""
        if self.channel not in (None, slots.get("channel")):
            return False
        return all(slots.get(name) == value for name, value in self.condition.items())


def text(name: str, slots: Slots, /, **values: object) -> str:
    """A response's text for the slots `language` and `channel`, filled in. Raises KeyError for an unknown name."""
    return _wording(name, slots).text.format(**values)


def for_kind(name: str, kind: str) -> str:
    """The name of a response for one kind of case: `<name>_<kind>` where domain.yml words it apart, else `name`."""
    own = f"{name}_{kind}"
    return own if own in _responses() else name


def counted(noun: str, count: int, slots: Slots) -> str:
    """So many of `word_<noun>_one` and its other forms: 1, 2, 3 to 10, 11 and more, as Arabic has them."""
    form = {1: "one", 2: "two"}.get(count, "few" if 3 <= count % 100 <= 10 else "many")
    return text(f"word_{noun}_{form}", slots, number=count)


def buttons(name: str, slots: Slots) -> list[Button]:
    """A response's own buttons in the person's language."""
    return [
        {"title": button["title"], "payload": button["payload"].format()} for button in _wording(name, slots).buttons
    ]


def utterance(name: str, slots: Slots, more: Sequence[Button] = (), /, **values: object) -> Utterance:
    """A response's text and buttons; its own after `more`."""
    return {"text": text(name, slots, **values), "buttons": [*more, *buttons(name, slots)]}


def _wording(name: str, slots: Slots) -> Wording:
    """As Rasa chooses: the channel's own before any other, and one whose condition holds before one without."""
    suited = [variant for variant in _responses()[name] if variant.suits(slots)]
    return max(suited, key=lambda variant: (variant.channel is not None, bool(variant.condition)))


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[Wording]]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {name: [_variant(entry) for entry in entries] for name, entries in domain["responses"].items()}


def _variant(entry: Mapping[str, Any]) -> Wording:
    condition = {slot["name"]: slot["value"] for slot in entry.get("condition", ())}
    return Wording(entry["text"], tuple(entry.get("buttons", ())), condition, entry.get("channel"))


_responses()

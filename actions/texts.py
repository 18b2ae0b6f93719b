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
    """One variant of a response: its text and buttons with `{placeholders}`, and the slot values that it is for."""

    text: str
    buttons: tuple[Button, ...] = ()
    condition: Mapping[str, Any] = field(default_factory=dict)

    def suits(self, slots: Slots) -> bool:
        """Whether every slot that the condition names has the value that it asks for."""
        return all(slots.get(name) == value for name, value in self.condition.items())


def text(name: str, slots: Slots, /, **values: object) -> str:
    """A response's text in the person's language (slot `language`), filled in. Raises KeyError for an unknown name."""
    return _wording(name, slots).text.format(**values)


def buttons(name: str, slots: Slots) -> list[Button]:
    """A response's own buttons in the person's language."""
    return [
        {"title": button["title"], "payload": button["payload"].format()} for button in _wording(name, slots).buttons
    ]


def utterance(name: str, slots: Slots, more: Sequence[Button] = (), /, **values: object) -> Utterance:
    """A response's text and buttons; its own after `more`."""
    return {"text": text(name, slots, **values), "buttons": [*more, *buttons(name, slots)]}


def _wording(name: str, slots: Slots) -> Wording:
    """As Rasa chooses: a variant whose condition holds, else the one without a condition."""
    variants = _responses()[name]
    suited = [variant for variant in variants if variant.condition and variant.suits(slots)]
    return suited[0] if suited else next(variant for variant in variants if not variant.condition)


@lru_cache(maxsize=1)
def _responses() -> dict[str, list[Wording]]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {name: [_variant(entry) for entry in entries] for name, entries in domain["responses"].items()}


def _variant(entry: Mapping[str, Any]) -> Wording:
    condition = {slot["name"]: slot["value"] for slot in entry.get("condition", ())}
    return Wording(entry["text"], tuple(entry.get("buttons", ())), condition)


_responses()

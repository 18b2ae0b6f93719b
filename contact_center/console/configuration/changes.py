"""Changes and refusals of the configuration as people read them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contact_center.agencies.checks import Fault
from contact_center.agencies.entries import Catalogue
from contact_center.configuration.history import ChangeSet
from contact_center.configuration.kinds import KINDS
from contact_center.configuration.models import ConfigurationChange
from contact_center.console.configuration.shown import title, value
from contact_center.console.words import known as is_known
from contact_center.console.words import words

_ACTORS = {"system": "configuration.by_upgrade", "command_line": "configuration.by_command"}


@dataclass(frozen=True)
class Line:
    """A field that is different: its label, and its values; None where the entry was not there."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Shown:
    """One change. `what`: `added`, `changed` or `removed`."""

    kind: str
    code: str
    title: str
    what: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class ShownSet:
    """Changes that were made at once."""

    number: int
    at: datetime
    actor: str
    changes: Sequence[Shown]
    more: int
    undone: bool
    is_undo: bool


def shown(change: ConfigurationChange, language: str, known: Catalogue) -> Shown:
    """A change, field by field where it is different."""
    kind, before, after = KINDS[change.kind], change.before, change.after
    lines = [
        Line(
            label(field.name, language),
            None if before is None else value(field, before.get(field.name), language, known),
            None if after is None else value(field, after.get(field.name), language, known),
        )
        for field in kind.fields
        if before is None or after is None or before.get(field.name) != after.get(field.name)
    ]
    what = "added" if before is None else "removed" if after is None else "changed"
    return Shown(kind.name, change.code, title(kind, change.code, after or before or {}, language), what, lines)


def shown_set(changes: ChangeSet, language: str, known: Catalogue) -> ShownSet:
    """A set of changes, with who made it."""
    first = changes.first
    return ShownSet(
        changes.number,
        first.at,
        words(_ACTORS[first.actor], language) if first.actor in _ACTORS else first.actor.partition(":")[2],
        [shown(change, language, known) for change in changes.changes],
        changes.more,
        changes.undone,
        first.undoes is not None,
    )


def label(field: str, language: str) -> str:
    """What a field is called."""
    return words(f"setting.{field}", language) if is_known(f"setting.{field}") else field


def sentences(faults: Iterable[Fault], language: str) -> list[str]:
    """Why something was refused: the entry, the field, and what is wrong with it."""
    return [_sentence(fault, language) for fault in faults]


def _sentence(fault: Fault, language: str) -> str:
    kind = words(f"setting_kind.{fault.kind}", language)
    where = " ".join(filter(None, [kind, fault.code and f"\u2066{fault.code}\u2069"]))
    why = words(f"setting_fault.{fault.why}", language).replace("{value}", fault.value)
    return f"{where} – {label(fault.field, language)}: {why}"

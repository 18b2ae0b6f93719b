"""Texts that the training data hold twice: under two labels, twice under one, or also in the development set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.training_data.examples import Example, same_words

SHOWN = 20
REASONS = ("under two labels", "also in the development set", "twice")
"""Why a text may not stay, worst first."""
STOCK_PHRASE = 2
"""So few words are said alike by everybody: that they are in the development set too gives nothing away."""
_LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """One text in several places; the same but for spelling and punctuation. `why` is one of `REASONS`."""

    why: str
    places: tuple[Example, ...]


def find_faults(training: Iterable[Example], development: Iterable[Example] = ()) -> list[Fault]:
    """Every text that is in the training data twice, or there and in the development set too: the worst first.

    What the development set alone holds twice is no fault here, nor what everybody says in a word or two («ايوا»).
    """
    learnt = _by_words(training)
    measured = {words: places for words, places in _by_words(development).items() if len(words.split()) > STOCK_PHRASE}
    faults = []
    for words, places in learnt.items():
        tested = measured.get(words, ())
        if tested or len(places) > 1:
            faults.append(Fault(_why(places, tested), (*places, *tested)))
    return sorted(faults, key=lambda fault: REASONS.index(fault.why))


def describe(faults: Sequence[Fault], root: Path) -> str:
    """For a person: one line for each of the first faults, with places relative to `root`; at last, how many."""
    left_out = f"; {len(faults) - SHOWN} of them are not shown" if len(faults) > SHOWN else ""
    total = f"The training data contradict themselves in {len(faults)} text{'s' * (len(faults) != 1)}{left_out}."
    return "\n".join([*(_line(fault, root) for fault in faults[:SHOWN]), total])


def _by_words(examples: Iterable[Example]) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for example in examples:
        found.setdefault(same_words(example.text), []).append(example)
    return found


def _why(places: Sequence[Example], tested: Sequence[Example]) -> str:
    under_two, also_tested, twice = REASONS
    if len({place.label for place in places}) > 1:
        return under_two
    return also_tested if tested else twice


def _line(fault: Fault, root: Path) -> str:
    text = fault.places[0].text
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    places = "; ".join(f"{place_of(example, root)} ({example.label})" for example in fault.places)
    return f"«{shown}» {fault.why}: {places}"


def place_of(example: Example, root: Path) -> str:
    """File and line, from `root` where the file is in it."""
    file = example.file.resolve()
    return f"{file.relative_to(root) if file.is_relative_to(root) else file}:{example.line}"

"""What the assistant did not understand, as its page shows it: guesses and choices in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contact_center.agencies.entries import Catalogue
from contact_center.console.words import known, words
from contact_center.understanding.labels import NO_CATEGORY, intents
from contact_center.understanding.models import ReviewItem

_SHOWN = 3


@dataclass(frozen=True)
class Guess:
    """One meaning in words, and how sure the assistant was of it in per cent; None: people said so."""

    code: str
    name: str
    per_cent: int | None


@dataclass(frozen=True)
class Unclear:
    """A text for review. `intent`, `category`: codes of what is chosen at first; empty where nothing is."""

    item: ReviewItem
    intents: Sequence[Guess]
    categories: Sequence[Guess]
    intent: str
    category: str
    chosen: str
    """What was chosen, in words; empty where nothing was."""


def shown(item: ReviewItem, catalogue: Catalogue, language: str) -> Unclear:
    """An item with its guesses; of a case that was moved, where it lies now."""
    labels = item.labels
    if "after" in labels:
        after = labels["after"]["category"]
        by_intent: Sequence[Guess] = ()
        by_category: Sequence[Guess] = (Guess(after, _category(after, catalogue, language), None),)
    else:
        by_intent = [_guess(one, "name", intent_name(one["name"], language)) for one in labels["intents"][:_SHOWN]]
        by_category = [
            _guess(one, "code", _category(one["code"], catalogue, language)) for one in labels["categories"][:_SHOWN]
        ]
    chosen = labels.get("chosen") or _likeliest(by_intent, by_category)
    said = [intent_name(chosen["intent"], language)]
    said += [_category(chosen["category"], catalogue, language)] if chosen["category"] else []
    in_words = " · ".join(said) if "chosen" in labels else ""
    return Unclear(item, by_intent, by_category, chosen["intent"], chosen["category"] or "", in_words)


def choices(catalogue: Catalogue, language: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Codes and names of what may be chosen: `intent` and `category`, by their names."""
    named = [(entry.code, entry.name(language)) for entry in catalogue.offered.values()]
    return {
        "intent": sorted(((code, intent_name(code, language)) for code in intents()), key=_by_name),
        "category": [(NO_CATEGORY, words("unclear.no_category", language)), *sorted(named, key=_by_name)],
    }


def intent_name(code: str, language: str) -> str:
    """What a person wants, in words; an intent that has none here by its code."""
    return words(f"intent.{code}", language) if known(f"intent.{code}") else code


def _likeliest(by_intent: Sequence[Guess], by_category: Sequence[Guess]) -> Mapping[str, str]:
    """What is chosen at first: the best guesses, as far as they go together."""
    intent = by_intent[0].code if by_intent else "report_complaint"
    takes = intents().get(intent, False)
    return {"intent": intent, "category": by_category[0].code if takes and by_category else ""}


def _guess(one: Mapping[str, Any], code: str, name: str) -> Guess:
    return Guess(one[code], name, round(100 * one["confidence"]))


def _category(code: str, catalogue: Catalogue, language: str) -> str:
    if code == NO_CATEGORY:
        return words("unclear.no_category", language)
    entry = catalogue.categories.get(code)
    return entry.name(language) if entry else code


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]

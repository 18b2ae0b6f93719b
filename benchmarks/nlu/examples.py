"""What the pipelines learn from, and what they are asked."""

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from contact_center.commands.nlu import labelled

SEED = 3


@dataclass(frozen=True)
class Example:
    """A text with its intent, its category where it has one, and the variety of Arabic where that is known."""

    text: str
    intent: str
    category: str | None = None
    variety: str | None = None


def training_data(directory: Path) -> list[Example]:
    """Every example of the project's training data."""
    return [
        Example(text.strip(), block["intent"], block.get("metadata", {}).get("category"))
        for path in sorted(directory.rglob("*.yml"))
        for block in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu", [])
        if "intent" in block
        for line in block["examples"].splitlines()
        if (text := line.removeprefix("- ")).strip()
    ]


def labelled_messages(files: Iterable[Path]) -> list[Example]:
    """The messages of files as `tawasul nlu evaluate` takes them."""
    return [
        Example(message.text, message.expected["intent"], message.expected.get("category"))
        for file in files
        for message in labelled.read(file)
    ]


def banking(file: Path, split: str) -> list[Example]:
    """One split of ArBanking77: tab-separated `text, intent, split, variety`, not quoted."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Example(" ".join(row["text"].split()), row["intent"], variety=row["variety"])
            for row in rows
            if row["split"] == split
        ]


def of_each_intent(examples: Sequence[Example], count: int) -> list[Example]:
    """So many examples of each intent, drawn by a fixed seed."""
    return [example for group in _groups(examples, lambda example: example.intent) for example in group[:count]]


def stratified(examples: Sequence[Example], count: int) -> list[Example]:
    """About `count` examples, the same share of each intent and category, at least one, drawn by a fixed seed."""
    share = min(1.0, count / len(examples))
    groups = _groups(examples, lambda example: (example.intent, example.category or ""))
    return [example for group in groups for example in group[: max(1, round(share * len(group)))]]


def _groups(examples: Sequence[Example], key: Callable[[Example], Hashable]) -> list[list[Example]]:
    groups: defaultdict[Hashable, list[Example]] = defaultdict(list)
    for example in examples:
        groups[key(example)].append(example)
    for group in groups.values():
        random.Random(SEED).shuffle(group)
    return list(groups.values())


def write(examples: Iterable[Example], file: Path) -> None:
    """As Rasa reads training data."""
    blocks: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
    for example in examples:
        blocks[example.intent, example.category].append(f"- {example.text}\n")
    nlu = [
        {"intent": intent, "examples": "".join(lines)} | ({"metadata": {"category": category}} if category else {})
        for (intent, category), lines in blocks.items()
    ]
    content = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, sort_keys=False, width=10_000)
    file.write_text(content, encoding="utf-8")

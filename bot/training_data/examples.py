"""Labelled examples and where each stands. Rasa's own reader forgets the place, and drops what a file says twice."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.arabic.normalise import normalise

NO_CATEGORY = "none"
"""The category of a wish without a description («ابي اسجل شكوى»)."""
TRIMMED = "\n\r -"
"""What Rasa takes off both ends of an example."""

_MARK = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Example:
    """A text, its labels, and its file and line (counted from 1). `category` is None where the block has none."""

    text: str
    intent: str
    category: str | None
    file: Path
    line: int

    @property
    def label(self) -> str:
        """Intent and category, as a person reads them."""
        return f"{self.intent}, {self.category}" if self.category else self.intent


def same_words(text: str) -> str:
    """What two texts have in common that a classifier could hardly tell apart: their words in one spelling.

    Punctuation and the number of spaces do not count; a text of nothing but punctuation stands for itself.
    """
    normalised = normalise(text)
    return " ".join(_MARK.sub(_space_for_punctuation, normalised).split()) or normalised


def _space_for_punctuation(match: re.Match[str]) -> str:
    return " " if unicodedata.category(match[0]).startswith("P") else match[0]


def read_examples(files: Iterable[Path]) -> Iterator[Example]:
    """Every example of Rasa's YAML files, in order. A file that is not YAML is left to Rasa, which says so."""
    for file in files:
        yield from examples_in(file.read_text(encoding="utf-8"), file)


def examples_in(content: str, file: Path) -> Iterator[Example]:
    """Every example of a file with that content."""
    try:
        root = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return
    for block in _items(_parts(root).get("nlu")):
        yield from _of_block(_parts(block), file)


def read_messages(directory: Path) -> Iterator[Example]:
    """Every message of the development set: JSON lines in the `*.jsonl` files of a directory, none if there is none."""
    for file in sorted(directory.glob("*.jsonl")):
        # Not splitlines: a message may hold one of the other characters that it takes for an end of line.
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                message = json.loads(line)
                yield Example(message["text"], message["intent"], message.get("category"), file, number)


def _of_block(block: dict[str, yaml.Node], file: Path) -> Iterator[Example]:
    if "intent" not in block:  # synonyms, lookup tables, regular expressions
        return
    category = _parts(block.get("metadata")).get("category")
    for text, line in _texts(block.get("examples")):
        yield Example(text, block["intent"].value, category.value if category else None, file, line)


def _texts(examples: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Texts with their lines, of a literal block («examples: |») or of a list of {text}."""
    if isinstance(examples, yaml.ScalarNode):
        for number, line in enumerate(examples.value.splitlines(), examples.start_mark.line + 2):
            if line.startswith("-"):
                yield line[1:].strip(TRIMMED), number
    for item in _items(examples):
        text = _parts(item).get("text")
        if text:
            yield text.value.strip(TRIMMED), text.start_mark.line + 1


def _parts(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []

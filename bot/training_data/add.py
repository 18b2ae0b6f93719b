"""One more example: `python -m bot.training_data.add --intent I [--category C]`, started by `tawasul nlu review`.

Reads the text from standard input, writes it into the file and block of its labels, and prints where it stands now.
What cannot be taken is said in one sentence on standard error, with status 2; no file is then changed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from bot.training_data.contradictions import place_of
from bot.training_data.examples import (
    NO_CATEGORY,
    TRIMMED,
    Example,
    examples_in,
    read_examples,
    read_messages,
    same_words,
)

_ANNOTATION = str.maketrans("[]{}\ufeff", "     ")  # to Rasa, brackets mark entities
_NOT_FOR_A_FILE = {"Cc", "Cs", "Cn", "Co"}


class Refused(ValueError):
    """The example cannot be taken; says why in one sentence."""


def add(root: Path, text: str, intent: str, category: str | None) -> str:
    """Write an example into the data of the project at `root`; returns its file and line. Raises Refused.

    The file otherwise stays as it is, to the byte. A block of these labels is begun where there is none.
    """
    data, text = root / "nlu_data", _one_line(text)
    known = list(read_examples(sorted(data.rglob("*.yml"))))
    _check_labels(known, intent, category)
    _check_new(root, [*known, *read_messages(root / "tests/nlu")], text)
    described = category is not None and category != NO_CATEGORY
    file = data / (f"categories/{str(category).partition('.')[0]}.yml" if described else f"intents/{intent}.yml")
    if not file.exists():
        raise Refused(f"There is no file {file}.")
    before = file.read_bytes().decode("utf-8")
    after = _with_example(before, Example(text, intent, category, file, 0))
    added = _added(before, after, file)
    if [(example.text, example.intent, example.category) for example in added] != [(text, intent, category)]:
        raise Refused(f"{file} is not laid out as expected: add the example by hand.")
    _write(file, after)
    return place_of(added[0], root)


def _one_line(text: str) -> str:
    plain = text.translate(_ANNOTATION)
    kept = (letter for letter in plain if letter.isspace() or unicodedata.category(letter) not in _NOT_FOR_A_FILE)
    line = " ".join("".join(kept).split()).strip(f"{TRIMMED}/")
    if not line:
        raise Refused("The text has no words to learn from.")
    return line


def _check_labels(known: Sequence[Example], intent: str, category: str | None) -> None:
    if intent not in {example.intent for example in known}:
        raise Refused(f"There is no intent {intent} in the data.")
    takes_category = any(example.category for example in known if example.intent == intent)
    if takes_category and category is None:
        raise Refused(f"{intent} needs a category; {NO_CATEGORY} is that of a wish without a description.")
    if category is not None and not takes_category:
        raise Refused(f"{intent} has no categories.")
    if category is not None and category not in {example.category for example in known}:
        raise Refused(f"There is no category {category} in the data.")


def _check_new(root: Path, known: Sequence[Example], text: str) -> None:
    words = same_words(text)
    same = next((example for example in known if same_words(example.text) == words), None)
    if same:
        raise Refused(f"The same text is there already: {place_of(same, root)} ({same.label}).")


def _with_example(content: str, new: Example) -> str:
    """The content with the example after the last one of its labels, or in a block of its own at the end."""
    alike = [e.line for e in examples_in(content, new.file) if (e.intent, e.category) == (new.intent, new.category)]
    lines = content.split("\n")
    if not alike:
        return "\n".join([*lines[: None if lines[-1] else -1], *_block(new), ""])
    last = lines[alike[-1] - 1]
    indent = last[: len(last) - len(last.lstrip())]
    lines.insert(alike[-1], f"{indent}- {new.text}" + "\r" * last.endswith("\r"))
    return "\n".join(lines)


def _block(new: Example) -> list[str]:
    metadata = ["  metadata:", f"    category: {new.category}"] if new.category else []
    return [f"- intent: {new.intent}", *metadata, "  examples: |", f"    - {new.text}"]


def _added(before: str, after: str, file: Path) -> list[Example]:
    """What `after` has and `before` has not, if nothing else is different."""
    old = [(example.text, example.label) for example in examples_in(before, file)]
    rest: list[Example] = []
    for example in examples_in(after, file):
        if old and (example.text, example.label) == old[0]:
            old.pop(0)
        else:
            rest.append(example)
    return [] if old else rest


def _write(file: Path, content: str) -> None:
    with tempfile.NamedTemporaryFile("wb", dir=file.parent, delete=False) as new:
        new.write(content.encode("utf-8"))
    Path(new.name).chmod(file.stat().st_mode)
    Path(new.name).replace(file)


def main() -> int:
    """The command line; 0 when the example was written, 2 with a sentence when it was refused."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.training_data.add", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2], help="the project's folder")
    parser.add_argument("--intent", required=True)
    parser.add_argument("--category")
    arguments = parser.parse_args()
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        place = add(arguments.root.resolve(), text, arguments.intent, arguments.category)
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    sys.stdout.write(f"{place}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the assistant understands of texts, without a conversation: `python -m bot.parse --model models/`.

Reads JSON lines `{"text": …}` from standard input and writes each, in order, with `intent, confidence, language,
entities` and `categories` (best first) added. `intent` is the likeliest one, also where the assistant would ask again
because its confidence is low. A line that is not such an object ends the program with status 2.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from typing import Any, BinaryIO, TextIO

from rasa.core.agent import Agent
from rasa.shared.nlu.constants import ENTITIES, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.utils.log_utils import configure_structlog

from bot.understanding import understand_text

_OF_ENTITY = ("entity", "value", "start", "end")


class BadLine(ValueError):
    """A line that is not a JSON object with a text."""


def parse_lines(agent: Agent, lines: BinaryIO, output: TextIO) -> None:
    """Parse each line as it comes. Raises BadLine; the lines before it are written."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            output.write(json.dumps(_parse(agent, _read(line, number))) + "\n")
            output.flush()


def _read(line: bytes, number: int) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise BadLine(f"line {number} is not JSON") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise BadLine(f'line {number} is not an object with a "text"')
    return given


def _parse(agent: Agent, given: dict[str, Any]) -> dict[str, Any]:
    understood = understand_text(agent, given["text"])
    best = understood[INTENT_RANKING_KEY][0]
    return {
        **given,
        "intent": best[INTENT_NAME_KEY],
        "confidence": best[PREDICTED_CONFIDENCE_KEY],
        "language": understood["language"],
        "entities": [{key: entity[key] for key in _OF_ENTITY} for entity in understood[ENTITIES]],
        "categories": understood["categories"],
    }


def main() -> int:
    """The command line; 0 when all lines were parsed, 2 with a sentence on standard error when one could not be."""
    parser = argparse.ArgumentParser(prog="python -m bot.parse", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="models", help="a trained model, or the directory of the latest one")
    arguments = parser.parse_args()
    configure_structlog(logging.WARNING)  # else Rasa writes to standard output
    try:
        parse_lines(Agent.load(arguments.model), sys.stdin.buffer, sys.stdout)
    except BadLine as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

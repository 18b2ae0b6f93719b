"""`tawasul nlu evaluate`."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from contact_center.commands.nlu import assistants_python
from contact_center.commands.nlu.labelled import Labelled, read
from contact_center.commands.nlu.understanding import understood
from contact_center.settings import ROOT

_UNDERSTOOD = ("intent", "confidence", "language", "categories")


def evaluate(
    file: Annotated[Path, typer.Argument(help='JSON lines {"text", "intent"}, see docs/nlu.md.')],
    out: Annotated[
        Path, typer.Option(help="Where pictures, metrics.json and errors.jsonl go.", show_default="results/nlu")
    ] = ROOT / "results/nlu",
    learning_curve: Annotated[
        bool, typer.Option("--learning-curve", help="Also train on parts of the data: minutes.")
    ] = False,
) -> None:
    """Measure on labelled messages what is understood, as `tawasul nlu parse` understands it.

    A line may also have category, agency, language, style, and entities [{"entity", "value"}].
    """
    messages = read(file)
    with _as_file({"text": message.text} for message in messages) as texts:
        answers = list(understood(texts))
    options = ["--learning-curve"] if learning_curve else []
    with _as_file(judged(messages, answers)) as both:
        program = assistants_python.command("bot.evaluation", "--out", out.resolve(), *options)
        ended = subprocess.run(  # noqa: S603 -- our own program
            program, stdin=both, cwd=ROOT, env=assistants_python.environment(), check=False
        )
    assistants_python.check(ended.returncode)


def judged(messages: Sequence[Labelled], answers: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Each message with what was expected and what was understood, as `bot.evaluation` reads it.

    A message without a stated language is counted under the one that was detected.
    """
    for message, answer in zip(messages, answers, strict=True):
        predicted = {key: answer[key] for key in _UNDERSTOOD} | {
            "agency": answer["categories"][0]["agency"],
            "entities": [{key: entity[key] for key in ("entity", "value")} for entity in answer["entities"]],
        }
        yield {
            "text": message.text,
            "language": message.language or answer["language"],
            "style": message.style,
            "expected": message.expected,
            "predicted": predicted,
        }


def _as_file(lines: Iterable[Mapping[str, Any]]) -> IO[str]:
    """A temporary file of JSON lines, at its beginning, for another program's standard input."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- the caller closes it
    file.writelines(json.dumps(line) + "\n" for line in lines)
    file.seek(0)
    return file

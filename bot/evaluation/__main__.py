"""Measure understanding: `python -m bot.evaluation --out DIR`, started by `tawasul nlu evaluate`.

Reads JSON lines {text, language, style, expected, predicted} (see judged.py) from standard input, prints the report,
and writes metrics.json, errors.jsonl and pictures into DIR.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluation.confusions import confusions
from bot.evaluation.figures import Figures, figures
from bot.evaluation.judged import Judged
from bot.evaluation.report import report

_TRAINING_DATA = Path(__file__).parents[2] / "nlu_data"


def measure(messages: Sequence[Judged]) -> dict[str, Any]:
    """What metrics.json has, without the learning curve."""
    return {
        "all": figures(messages),
        "languages": _grouped(messages, lambda message: message.language),
        "styles": _grouped(messages, lambda message: message.style),
        "confusions": {key: confusions(messages, key) for key in ("intent", "category")},
    }


def _grouped(messages: Sequence[Judged], group_of: Callable[[Judged], str | None]) -> dict[str, Figures]:
    groups: dict[str, list[Judged]] = {}
    for message in messages:
        if group := group_of(message):
            groups.setdefault(group, []).append(message)
    return {name: figures(groups[name]) for name in sorted(groups)}


def write(out: Path, messages: Sequence[Judged], metrics: Mapping[str, Any]) -> None:
    """Write all files into a directory, which is made if need be."""
    from bot.evaluation import pictures  # a second to load

    out.mkdir(parents=True, exist_ok=True)
    _dump(out / "metrics.json", [json.dumps(metrics, ensure_ascii=False, indent=2)])
    _dump(out / "errors.jsonl", (json.dumps(_error(m), ensure_ascii=False) for m in messages if m.wrong))
    pictures.draw_intents(messages, out / "intents.png")
    pictures.draw_categories(messages, out / "categories.png")
    if curve := metrics.get("learning_curve"):
        pictures.draw_learning_curve(curve, out / "learning_curve.png")


def _dump(file: Path, lines: Iterable[str]) -> None:
    # Half a surrogate pair, which JSON may hold and UTF-8 may not, becomes what JSON calls it.
    with file.open("w", encoding="utf-8", errors="backslashreplace") as output:
        output.writelines(f"{line}\n" for line in lines)


def _error(message: Judged) -> dict[str, Any]:
    """A wrong message: of both sides, what is wrong."""
    sides = {"expected": message.expected, "predicted": message.predicted}
    return {"text": message.text, "language": message.language, "style": message.style, "wrong": message.wrong} | {
        name: {key: _plain(side[key]) for key in message.wrong} for name, side in sides.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"entity": kind, "value": fact} for (kind, fact), often in value.items() for _ in range(often)]
    return value


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--learning-curve", action="store_true")
    arguments = parser.parse_args()
    messages = [Judged.of(json.loads(line)) for line in sys.stdin.buffer]
    metrics = measure(messages)
    if arguments.learning_curve:
        import sanic.app  # noqa: F401 -- Rasa loads it; it would show an operator what is deprecated in libraries

        warnings.simplefilter("ignore", DeprecationWarning)
        from bot.evaluation.learning_curve import learning_curve  # Rasa takes seconds to load

        metrics["learning_curve"] = []
        for point in learning_curve(_TRAINING_DATA, messages):
            sys.stderr.write(f"trained on {point['share']:.0%} of the data\n")
            metrics["learning_curve"].append(point)
    write(arguments.out, messages, metrics)
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    print(f"{report(metrics)}\n\nPictures, metrics.json and errors.jsonl: {arguments.out}")  # noqa: T201


if __name__ == "__main__":
    main()

"""Train our pipeline and Rasa's default on the same data in one run, and print both side by side."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from benchmarks.nlu import examples, pipelines, tables
from benchmarks.nlu.examples import Example
from benchmarks.nlu.measuring import Measured, measure, memory_alone
from benchmarks.nlu.pipelines import ROOT, Pipeline
from benchmarks.turns import stock

DEFAULT_LINES = 2000
BANKING_LINES = 20
BANKING_VARIETIES = ("msa", "palestinian")


def main() -> None:
    """Print as it goes; the first run also makes the default's environment."""
    arguments = _arguments()
    asyncio.run(stock.make_environment())
    development(arguments.messages or sorted((ROOT / "tests/nlu").glob("*.jsonl")), arguments.default_lines)
    if arguments.banking:
        banking(arguments.banking)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu", description=__doc__)
    parser.add_argument("--messages", type=Path, nargs="+", help="labelled messages; default: tests/nlu/*.jsonl")
    lines = (
        "lines that the default is trained on, as it takes long; ours is trained on the same and on all (%(default)s)"
    )
    parser.add_argument("--default-lines", type=int, default=DEFAULT_LINES, help=lines)
    parser.add_argument("--banking", type=Path, help="ArBanking77 as one file: text, intent, split, variety")
    return parser.parse_args()


def development(files: Sequence[Path], default_lines: int) -> None:
    """On the project's training data and development set."""
    everything = examples.training_data(ROOT / "nlu_data")
    subset = examples.stratified(everything, default_lines)
    messages = examples.labelled_messages(files)
    ours, default = pipelines.ours(), pipelines.default()
    columns = {
        "ours": _said("ours, all lines", ours, everything, messages),
        "ours, subset": _said("ours, the subset", ours, subset, messages),
        "default, subset": _said("default Rasa 3.6.21, the subset", default, subset, messages),
    }
    our_process, default_process = memory_alone(ours, messages), memory_alone(default, messages)
    alone = {"ours": our_process, "ours, subset": our_process, "default, subset": default_process}
    print(f"\n{tables.development(columns, alone)}")
    print(
        f"\n{len(messages):,} messages. The subset has the same share of each intent and category (fixed seed). "
        f"Training: the whole `rasa train nlu`, all cores; DIET {pipelines.EPOCHS} epochs.\n",
        flush=True,
    )


def banking(file: Path) -> None:
    """On ArBanking77: trained on its train split, measured on its test split."""
    train, test = examples.banking(file, "train"), examples.banking(file, "test")
    subset = examples.of_each_intent(train, BANKING_LINES)
    ours, default = pipelines.our_intents(), pipelines.default()
    columns = {
        "ours": _said("ours, ArBanking77", ours, train, test),
        "ours, subset": _said("ours, its subset", ours, subset, test),
        "default, subset": _said("default Rasa 3.6.21, its subset", default, subset, test),
    }
    print(f"\n{tables.banking(columns, BANKING_VARIETIES)}")
    counts = ", ".join(f"{sum(m.variety == variety for m in test):,} {variety}" for variety in BANKING_VARIETIES)
    print(f"\nArBanking77: {counts} messages. The subset: {BANKING_LINES} lines of each intent (fixed seed).")


def _said(name: str, pipeline: Pipeline, learnt: Sequence[Example], messages: Sequence[Example]) -> Measured:
    print(f"Training {name}: {len(learnt):,} lines …", flush=True)
    measured = measure(pipeline, learnt, messages)
    print(f"  {100 * (measured.intent_accuracy() or 0):.1f} % of intents, after {measured.training:.0f} s", flush=True)
    return measured


if __name__ == "__main__":
    main()

"""Measure a running system of our own, then the default in the same run, and print both side by side."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.turns import ours, stock
from benchmarks.turns.measuring import PEOPLE, table


async def main() -> None:
    """Print as it goes; the first run also makes the default's environment."""
    await stock.make_environment()
    print("Tawasul: Telegram's webhook → inbox → worker → assistant → actions → outbox → Bot API …", flush=True)
    our_figures, turns = await ours.measured()
    print(f"The conversation has {len(turns)} messages and ends in a case.", flush=True)
    print("Default Rasa 3.6.21: REST channel, DIET, TED, tracker in memory, one action call a turn …", flush=True)
    with tempfile.TemporaryDirectory(prefix="tawasul-", ignore_cleanup_errors=True) as directory:
        stock_figures = await stock.measured(Path(directory), turns)
    print(f"\n{table(our_figures, stock_figures)}")
    print(f"\nOne person: every answer of whole conversations, one after the other. {PEOPLE} people: all at once.")
    print("The default was trained briefly (which does not change its speed) and stores nothing on a disk.")


if __name__ == "__main__":
    asyncio.run(main())

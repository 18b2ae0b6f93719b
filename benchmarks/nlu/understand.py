"""Understand texts with a trained model, on one core: `python -m benchmarks.nlu.understand MODEL TEXTS ANSWERS`.

Run in the environment that the model was trained in. Reads a JSON list of texts, writes a JSON list of
{intent, categories, seconds}, prints one line when it is done, and waits for its standard input to end, so that the
memory it uses can be read.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

NOT_UNDERSTOOD = "nlu_fallback"


def main(model: str, texts: str, answers: str) -> None:
    """See above."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    understood = asyncio.run(_all(Agent.load(model), json.loads(Path(texts).read_text(encoding="utf-8"))))
    Path(answers).write_text(json.dumps(understood), encoding="utf-8")
    print("done", flush=True)
    sys.stdin.read()


async def _all(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    return [await _understood(agent, text) for text in texts]


async def _understood(agent: Agent, text: str) -> dict[str, Any]:
    started = time.perf_counter()
    parsed = await agent.parse_message(text)
    seconds = time.perf_counter() - started
    # The likeliest intent, also where the pipeline would rather ask again.
    intents = [intent["name"] for intent in parsed.get("intent_ranking", [parsed["intent"]])]
    likeliest = next((name for name in intents if name != NOT_UNDERSTOOD), None)
    return {"intent": likeliest, "categories": parsed.get("categories", []), "seconds": seconds}


if __name__ == "__main__":
    main(*sys.argv[1:])

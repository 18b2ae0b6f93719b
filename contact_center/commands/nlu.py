"""`tawasul nlu`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.arabic.places import area_named, governorate_of_block
from contact_center.agencies.catalogue import Catalogue, catalogue
from contact_center.agencies.routing import agency_for
from contact_center.errors import TawasulError
from contact_center.settings import ROOT, get_settings
from contact_center.supervision.models import newest_model
from contact_center.supervision.processes import assistant_environment

BOT_PYTHON = ROOT / "bot/.venv/bin/python"

app = typer.Typer(help="What the assistant understands.", no_args_is_help=True, add_completion=False)


class CannotParse(TawasulError):
    """There is no model, or the assistant's own program failed."""

    code = "cannot_parse"


@app.callback()
def nlu() -> None:
    """What the assistant understands."""


@app.command()
def parse() -> None:
    """Read messages, JSON lines {"text": …}, from standard input; print each with what is understood.

    Added: intent, confidence, language, entities, and categories (best first) with the agency that answers each; the
    agency is null where it depends on a place that the message does not name. The router's own `none` (a bare wish to
    complain) is left out: it is no category of the catalogue.
    """
    model = newest_model()
    if model is None:
        raise CannotParse("The assistant is not trained yet: run `tawasul train`.")
    agencies = catalogue()
    for line in _understood(model):
        known = [entry for entry in line["categories"] if entry["code"] in agencies.categories]
        line["categories"] = [_with_agency(agencies, entry, line["entities"]) for entry in known]
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _understood(model: Path) -> Iterator[dict[str, Any]]:
    """What the assistant's own environment says of each line of our standard input, in order."""
    command = [str(BOT_PYTHON), "-m", "bot.parse", "--model", str(model)]
    environment = assistant_environment(get_settings(), None) | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603 -- our own program
        command, stdin=sys.stdin, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=environment
    ) as process:
        for line in process.stdout or ():
            yield json.loads(line)
    if process.returncode:
        raise CannotParse(f"The assistant's program ended with code {process.returncode}; its words are above.")


def _with_agency(agencies: Catalogue, category: dict[str, Any], entities: list[dict[str, Any]]) -> dict[str, Any]:
    code = category["code"]
    return {
        "code": code,
        "agency": agency_for(agencies, code, governorate_named(entities)),
        "confidence": category["confidence"],
    }


def governorate_named(entities: list[dict[str, Any]]) -> str | None:
    """The governorate of the first block, else of the first area, among a message's entities."""
    for entity in sorted(entities, key=lambda entity: entity["entity"] != "block"):
        if entity["entity"] == "block" and (found := governorate_of_block(int(entity["value"]))):
            return found
        if entity["entity"] == "area" and (area := area_named(entity["value"])):
            return area.governorate
    return None

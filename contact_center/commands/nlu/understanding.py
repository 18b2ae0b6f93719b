"""What the assistant understands of messages, and which agency would answer them."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from bot.arabic.places import area_named, governorate_of_block
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.routing import agency_for
from contact_center.commands.nlu import assistants_python
from contact_center.settings import ROOT
from contact_center.supervision.models import newest_model

Understood = dict[str, Any]


def understood(lines: IO[str]) -> Iterator[Understood]:
    """Each message of `lines` (a real file: JSON objects with a `text`) with what `tawasul nlu parse` says of it.

    In order, as it comes, from one process that loads the newest model once. Raises `ProgramFailed`.
    """
    model = newest_model()
    if model is None:
        raise assistants_python.ProgramFailed("The assistant is not trained yet: run `tawasul train`.")
    with subprocess.Popen(  # noqa: S603 -- our own program
        assistants_python.command("bot.parse", "--model", model),
        stdin=lines,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=assistants_python.environment(),
    ) as process:
        agencies = catalogue()
        for line in process.stdout or ():
            yield _with_agencies(agencies, json.loads(line))
    assistants_python.check(process.returncode)


def _with_agencies(agencies: Catalogue, line: Understood) -> Understood:
    governorate = governorate_named(line["entities"])
    line["categories"] = [
        {
            "code": category["code"],
            "agency": agency_for(agencies, category["code"], governorate),
            "confidence": category["confidence"],
        }
        for category in line["categories"]
        if category["code"] in agencies.categories
    ]
    return line


def governorate_named(entities: Sequence[Mapping[str, Any]]) -> str | None:
    """The governorate of the first block, else of the first area, among a message's entities."""
    for entity in sorted(entities, key=lambda entity: entity["entity"] != "block"):
        if entity["entity"] == "block" and (found := governorate_of_block(int(entity["value"]))):
            return found
        if entity["entity"] == "area" and (area := area_named(entity["value"])):
            return area.governorate
    return None

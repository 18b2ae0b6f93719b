"""A file of labelled messages: what the assistant should understand of each."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.entries import Catalogue
from contact_center.agencies.routing import agency_for
from contact_center.commands.nlu.understanding import governorate_named
from contact_center.errors import InvalidInput


@dataclass(frozen=True)
class Labelled:
    """A message and what is expected of it.

    `expected` has `intent`, and, where they can be judged: `category`, `agency` (null where no place settles it) and
    `entities` ({entity, value}). `language` and `style` say what the message is counted among.
    """

    text: str
    language: str | None
    style: str | None
    expected: dict[str, Any]


def read(file: Path) -> list[Labelled]:
    """Every message of a file of JSON lines; unknown keys are ignored. Raises `InvalidInput`, which names the line."""
    messages = [_labelled(line, number) for number, line in _lines(file) if line.strip()]
    if not messages:
        raise InvalidInput(f"{file} has no messages.")
    return messages


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        # Not splitlines: a message may hold one of the other characters that it takes for an end of line.
        yield from enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not text in UTF-8.") from error
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InvalidInput(f"There is no file {file}.") from error


def _labelled(line: str, number: int) -> Labelled:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise InvalidInput(f"Line {number} is not JSON.") from error
    if fault := _fault(given):
        raise InvalidInput(f"Line {number} {fault}.")
    return Labelled(given["text"], given.get("language"), given.get("style"), _expected(catalogue(), given))


def _fault(given: Any) -> str | None:
    """What is wrong with a line, as the end of a sentence."""
    if not isinstance(given, dict):
        return "is not an object"
    agencies = catalogue()
    if missing := [key for key in ("text", "intent") if not isinstance(given.get(key), str)]:
        return f'has no "{missing[0]}"'
    if wrong := [key for key in ("category", "agency", "language", "style") if not _text_or_none(given.get(key))]:
        return f'has a "{wrong[0]}" that is not a text'
    if (category := given.get("category")) and category not in agencies.categories:
        return f"has a category that is not in the catalogue: {category}"
    if (agency := given.get("agency")) and agency not in agencies.agencies:
        return f"has an agency that is not in the catalogue: {agency}"
    if not _entities_or_none(given.get("entities")):
        return 'has "entities" that are not a list of {"entity", "value"}, each a text, a block of digits only'
    return None


def _text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _entities_or_none(entities: Any) -> bool:
    return entities is None or (isinstance(entities, list) and all(map(_is_entity, entities)))


def _is_entity(entity: Any) -> bool:
    if not isinstance(entity, dict) or not all(isinstance(entity.get(key), str) for key in ("entity", "value")):
        return False
    value: str = entity["value"]
    return entity["entity"] != "block" or (value.isascii() and value.isdigit())


def _expected(agencies: Catalogue, given: Mapping[str, Any]) -> dict[str, Any]:
    expected = {"intent": given["intent"]}
    if given.get("category"):
        expected["category"] = given["category"]
    if given.get("entities") is not None:
        expected["entities"] = [{key: entity[key] for key in ("entity", "value")} for entity in given["entities"]]
    return expected | _expected_agency(agencies, given)


def _expected_agency(agencies: Catalogue, given: Mapping[str, Any]) -> dict[str, str | None]:
    """As stated, else as the catalogue routes it; nothing where that needs a place and no entities are stated."""
    if given.get("agency") or ("agency" in given and given.get("category")):
        return {"agency": given["agency"]}
    if not given.get("category"):
        return {}
    agency = agency_for(agencies, given["category"], governorate_named(given.get("entities") or []))
    return {} if agency is None and given.get("entities") is None else {"agency": agency}

"""A catalogue as YAML states it, and the one that comes with this version of the service. Pure; read once a process."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from contact_center.agencies.checks import Fault, Why, faults
from contact_center.agencies.entries import (
    ESCALATE_AT,
    REOPENING,
    AgencyEntry,
    Catalogue,
    CategoryEntry,
    GovernorateEntry,
)
from contact_center.agencies.term import Term, read_term

FILE = Path(__file__).with_name("catalogue.yml")


class CatalogueError(ValueError):
    """The catalogue contradicts itself; the message names the entry. `fault`: None where it is malformed."""

    def __init__(self, message: object, fault: Fault | None = None) -> None:
        super().__init__(str(message))
        self.fault = fault


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that comes with this version; a database starts from it (`contact_center.configuration`)."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Catalogue:
    """Read a catalogue from YAML. Raises `CatalogueError` where an entry is malformed or names an unknown code."""
    try:
        raw = yaml.safe_load(text)
        named, retired, not_joined = (_codes(raw, topic) for topic in ("named", "retired", "not_joined"))
        parsed = Catalogue(
            governorates={code: _governorate(code, entry) for code, entry in raw["governorates"].items()},
            agencies={code: _agency(code, entry, raw, retired, not_joined) for code, entry in raw["agencies"].items()},
            categories={
                code: CategoryEntry(code, *_five(entry), float(position), code in named, code in retired)
                for position, (code, entry) in enumerate(raw["categories"].items())
            },
        )
        fallback = raw["fallback_agency"]
        agencies = {fallback, *not_joined, *(raw.get("escalations") or ()), *(raw.get("reopening") or ())}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, yaml.YAMLError) as error:
        raise CatalogueError(f"the catalogue is malformed: {error}") from error
    _check_lists(
        ("agencies", "no_such_agency", frozenset(agencies - set(parsed.agencies))),
        ("named", "no_such_category", named - set(parsed.categories)),
        ("retired", "no_such_entry", retired - set(parsed.categories) - set(parsed.agencies)),
    )
    for fault in faults(parsed):
        raise CatalogueError(fault, fault)
    return parsed


def _codes(raw: Mapping[str, Any], topic: str) -> frozenset[str]:
    """Codes listed under a topic, in one list or in several."""
    listed = raw.get(topic) or ()
    return frozenset(code for each in listed for code in ([each] if isinstance(each, str) else each))


def _governorate(code: str, entry: Mapping[str, Any]) -> GovernorateEntry:
    name_ar, name_en, municipality, agency = (_text(entry[key]) for key in ("ar", "en", "municipality", "governorate"))
    return GovernorateEntry(_text(code), name_ar, name_en, municipality, agency)


def _agency(
    code: str, entry: Sequence[Any], raw: Mapping[str, Any], retired: frozenset[str], not_joined: frozenset[str]
) -> AgencyEntry:
    name_ar, name_en, term = entry
    days, times = (raw.get("reopening") or {}).get(code, REOPENING)
    return AgencyEntry(
        _text(code),
        _text(name_ar),
        _text(name_en),
        read_term(term),
        tuple(map(_whole, (raw.get("escalations") or {}).get(code, ESCALATE_AT))),
        joined=code not in not_joined,
        reopen_days=_whole(days),
        reopen_times=_whole(times),
        fallback=code == raw["fallback_agency"],
        retired=code in retired,
    )


def _five(entry: Sequence[Any]) -> tuple[str, str, str, Any, Term | None]:
    name_ar, name_en, agency, place, term = entry
    return _text(name_ar), _text(name_en), _text(agency), place, None if term is None else read_term(term)


def _text(written: object) -> str:
    if not isinstance(written, str):
        raise TypeError(f"{written!r} is not text")
    return written


def _whole(written: object) -> int:
    if not isinstance(written, int) or isinstance(written, bool):
        raise TypeError(f"{written!r} is not a whole number")
    return written


def _check_lists(*lists: tuple[str, Why, frozenset[str]]) -> None:
    """What the file says of entries beside them: of such that there are."""
    for topic, why, unknown in lists:
        for code in sorted(unknown):
            fault = Fault("catalogue", topic, topic, why, code)
            raise CatalogueError(fault, fault)

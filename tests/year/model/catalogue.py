"""What catalogue.yml says, read anew."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parents[3] / "contact_center" / "agencies" / "catalogue.yml"
FALLBACK = "iga"
DEFAULT_ESCALATIONS = (80, 100, 150)
"""Of an agency that the file does not name."""
DEFAULT_REOPENING = (30, 2)
"""Likewise: for how many days after its answer, and how often, a case may be reopened."""


@dataclass(frozen=True)
class Term:
    """How long an agency has for an answer: working days or working hours."""

    unit: str
    amount: int


@cache
def written() -> dict:
    """The file."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def term(category: str, agency: str) -> Term:
    """The category's time, else the agency's."""
    own = written()["categories"][category][4]
    amount = str(own if own is not None else written()["agencies"][agency][2])
    return Term("hours", int(amount[:-1])) if amount.endswith("h") else Term("days", int(amount))


@cache
def agency_of(category: str, governorate: str | None) -> str:
    """Who answers: where the place settles it and is not known, the fallback agency routes it on."""
    agency = written()["categories"][category][2]
    if not agency.startswith("@"):
        return agency
    return written()["governorates"][governorate][agency[1:]] if governorate else FALLBACK


@cache
def escalations(agency: str) -> tuple[int, int, int]:
    """After how many per cent of its time a case goes to the officer, the supervisor and the head."""
    return tuple((written().get("escalations") or {}).get(agency, DEFAULT_ESCALATIONS))


@cache
def reopening(agency: str) -> tuple[int, int]:
    """For how many days after its answer, and how often, a case of the agency may be reopened; 0 days: never."""
    days, *times = (written().get("reopening") or {}).get(agency, DEFAULT_REOPENING)
    return days, times[0] if times else 0

"""What a catalogue consists of: governorates, agencies and categories. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from contact_center.agencies.term import Term

MUNICIPALITY = "@municipality"
GOVERNORATE = "@governorate"
UNCLEAR = "other.unclear"
"""The category of what fits nowhere: nobody is asked whether it is that, and whose it is has to be found out."""

ESCALATE_AT = (80, 100, 150)
"""Per cent of the term: where an agency has no others of its own."""
REOPENING = (30, 2)
"""For how many days after an answer a case may be reopened, and how often: likewise."""

CaseType = Literal["complaint", "suggestion", "inquiry", "compliment"]
Place = Literal["required", "optional", "none"]


@dataclass(frozen=True)
class Named:
    """Anything with a code that programs use and a name that people read."""

    code: str
    name_ar: str
    name_en: str

    def name(self, language: str) -> str:
        """The name in `en`, or in Arabic for any other language."""
        return self.name_en if language == "en" else self.name_ar


@dataclass(frozen=True)
class GovernorateEntry(Named):
    """A governorate, with the codes of the municipal body and of the governorate agency that serve it."""

    municipality: str
    agency: str


@dataclass(frozen=True)
class AgencyEntry(Named):
    """An agency, and the time that it has for an answer."""

    term: Term
    escalate_at: tuple[int, ...] = ESCALATE_AT
    """Per cent of the term after which a case that is not answered goes to the officer, the supervisor, the head."""
    joined: bool = True
    """Whether it works here itself; if not, its cases wait with the fallback agency, which routes them on."""
    reopen_days: int = REOPENING[0]
    """For how many days after its answer the one who filed a case may reopen it."""
    reopen_times: int = REOPENING[1]
    """How often a case may be reopened; what comes later is a new case."""
    fallback: bool = False
    """Whether it routes on what nobody else answers; one agency does."""
    retired: bool = False
    """Whether nothing new goes to it; its cases stay with it."""


@dataclass(frozen=True)
class CategoryEntry(Named):
    """What a case is about; `agency` is a code, `@municipality` or `@governorate`. No term: the agency's own."""

    agency: str
    place: Place
    term: Term | None
    position: float
    """Order in lists."""
    named: bool = False
    """Whether it cannot be dealt with unless the agency knows who the person is."""
    retired: bool = False
    """Whether it is offered no more; its cases stay in it."""


@dataclass(frozen=True)
class Catalogue:
    """Everything by code; categories in the order of lists, what is retired among them."""

    governorates: Mapping[str, GovernorateEntry]
    agencies: Mapping[str, AgencyEntry]
    categories: Mapping[str, CategoryEntry]

    def term(self, category: str, agency: str) -> Term:
        """The time for an answer: the category's, else the agency's. Raises `KeyError` for unknown codes."""
        return self.categories[category].term or self.agencies[agency].term

    @cached_property
    def fallback_agency(self) -> str:
        """The code of the agency that routes on what nobody else answers."""
        return next(code for code, entry in self.agencies.items() if entry.fallback)

    @cached_property
    def named(self) -> frozenset[str]:
        """Codes of categories that cannot be dealt with unless the agency knows who the person is."""
        return frozenset(code for code, entry in self.categories.items() if entry.named)

    @cached_property
    def at_work(self) -> Mapping[str, AgencyEntry]:
        """The agencies that a case may go to: those that are not retired."""
        return {code: entry for code, entry in self.agencies.items() if not entry.retired}

    @cached_property
    def offered(self) -> Mapping[str, CategoryEntry]:
        """The categories that a new case may be filed in: those that are not retired."""
        return {code: entry for code, entry in self.categories.items() if not entry.retired}

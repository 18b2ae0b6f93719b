"""The registry: what administrators may change, entry by entry and field by field.

A new kind is a row here and its words in the console. What its table holds beside these fields is left as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from contact_center.agencies.checks import Fault
from contact_center.agencies.entries import ESCALATE_AT, GOVERNORATE, MUNICIPALITY, REOPENING, Place
from contact_center.agencies.models import Agency, CalendarDay, Category, GovernmentHours, Governorate
from contact_center.canned_replies.models import CannedReply
from contact_center.configuration import following
from contact_center.configuration.fields import (
    AgencyCode,
    Choice,
    Code,
    Day,
    Flag,
    Frames,
    LongText,
    Percents,
    Position,
    TermText,
    Type,
    WeekHours,
    Whole,
)
from contact_center.configuration.wording_checks import canned_reply_faults, wording_faults
from contact_center.database import Base
from contact_center.notifications.models import MessageTemplate
from contact_center.notifications.templates import CHANNELS, LANGUAGES, told

Check = Callable[[str, Mapping[str, Any]], Iterable[Fault]]
"""What is wrong with an entry by itself: its code, and its fields as JSON."""


def anything_goes(code: str, values: Mapping[str, Any]) -> Iterable[Fault]:
    """Nothing is, beside what its fields and the checks of the whole say."""
    return ()


@dataclass(frozen=True)
class Field:
    """A column that may be changed. `at_first`: what the form of a new entry says, as the form writes it."""

    name: str
    type: Type
    at_first: str = ""
    only_one: bool = False
    """Of a flag: whether one entry has it, so that giving it to one takes it from the other."""


@dataclass(frozen=True)
class Kind:
    """A table of entries. Their code is the key's column as text, the columns joined by colons where there are more."""

    name: str
    table: type[Base]
    key: tuple[Field, ...]
    fields: tuple[Field, ...]
    titles: tuple[str, str] | None = None
    """The fields that name an entry in Arabic and in English; None: its code does."""
    may_add: bool = True
    may_remove: bool = False
    """Whether an entry may be removed outright; if not, only its addition may be undone, before anything uses it."""
    named_by: tuple[tuple[type[Base], str], ...] = ()
    """Columns that name an entry without a foreign key."""
    check: Check = anything_goes
    follow: following.Follow = following.nothing

    @property
    def exclusive(self) -> tuple[str, ...]:
        """The names of the flags that one entry has."""
        return tuple(field.name for field in self.fields if field.only_one)


_CODE = Field("code", Code())
_NAMES = (Field("name_ar", Type()), Field("name_en", Type()))
_TITLES = ("name_ar", "name_en")

_ALL = (
    Kind(
        "agency",
        Agency,
        (_CODE,),
        (
            *_NAMES,
            Field("term", TermText(), "7"),
            Field("escalate_at", Percents(), ", ".join(map(str, ESCALATE_AT))),
            Field("joined", Flag(), "true"),
            Field("reopen_days", Whole(), str(REOPENING[0])),
            Field("reopen_times", Whole(), str(REOPENING[1])),
            Field("fallback", Flag(), only_one=True),
            Field("retired", Flag()),
        ),
        titles=_TITLES,
        named_by=((Category, "agency"),),
        follow=following.escalations,
    ),
    Kind(
        "category",
        Category,
        (_CODE,),
        (
            *_NAMES,
            Field("agency", AgencyCode(besides=(MUNICIPALITY, GOVERNORATE))),
            Field("place", Choice(options=get_args(Place)), "optional"),
            Field("term", TermText(required=False)),
            Field("named", Flag()),
            Field("position", Position()),
            Field("retired", Flag()),
        ),
        titles=_TITLES,
    ),
    Kind(
        "governorate",
        Governorate,
        (_CODE,),
        (*_NAMES, Field("municipality", AgencyCode()), Field("agency", AgencyCode())),
        titles=_TITLES,
        may_add=False,
    ),
    Kind(
        "day",
        CalendarDay,
        (Field("day", Day()),),
        (Field("working", Flag()), Field("note", Type(required=False))),
        may_remove=True,
        follow=following.deadlines_over_days,
    ),
    Kind(
        "hours",
        GovernmentHours,
        (_CODE,),
        (Field("ordinary", WeekHours()), Field("ramadan", WeekHours()), Field("declared", Frames())),
        may_add=False,
        follow=following.deadlines_by_hours,
    ),
    Kind(
        "canned_reply",
        CannedReply,
        (_CODE,),
        (
            Field("title_ar", Type(longest=80)),
            Field("title_en", Type(longest=80)),
            Field("agency", AgencyCode(required=False)),
            Field("text_ar", LongText(longest=2000)),
            Field("text_en", LongText(longest=2000)),
        ),
        titles=("title_ar", "title_en"),
        may_remove=True,
        check=canned_reply_faults,
    ),
    Kind(
        "template",
        MessageTemplate,
        (
            Field("event", Choice(options=tuple(dict.fromkeys(event for event, _ in told())), words="told")),
            Field("audience", Choice(options=("filer", "follower"), words="audience")),
            Field("channel", Choice(options=CHANNELS)),
            Field("language", Choice(options=LANGUAGES)),
        ),
        (
            Field("text", LongText(required=False, empty=None)),
            Field("content_sid", Type(longest=40, required=False, empty=None)),
        ),
        may_remove=True,
        check=wording_faults,
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""In the order in which entries may name each other, and in which the console lists them."""

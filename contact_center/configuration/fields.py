"""The kinds of values that an entry's fields have: how each is read from a form, kept as JSON, and stored. Pure.

`widget` is what the console shows a field with, both to change it and in the history.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from contact_center.agencies.checks import Why, one_line
from contact_center.agencies.term import Term, read_term
from contact_center.agencies.working_week import WEEKDAYS, read_frames

Form = Mapping[str, str]
"""What a form brings: text by the name of its input."""

_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LONGEST_CODE = 60


class Wrong(ValueError):
    """A value that cannot be used; `why` is a code that the console has words for."""

    def __init__(self, why: Why, value: str = "") -> None:
        super().__init__(f"{why}: {value}")
        self.why, self.value = why, value


def _latin_digits(text: str) -> str:
    """The text with whatever decimal digits it has as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


@dataclass(frozen=True)
class Type:
    """Text of any kind; the base of the others."""

    widget: ClassVar[str] = "text"
    longest: int = 200
    required: bool = True
    empty: str | None = ""
    """What stands for nothing, where it is not required."""

    def read(self, form: Form, name: str) -> Any:
        """The JSON value that a form says. Raises `Wrong`."""
        text = form.get(name, "").strip()
        if len(text) > self.longest:
            raise Wrong("too_long", str(self.longest))
        if not text and self.required:
            raise Wrong("empty")
        return self.of_text(text)

    def of_text(self, text: str) -> Any:
        """The JSON value of what was written in one input. Raises `Wrong`."""
        if not one_line(text):
            raise Wrong("not_one_line")
        return text or self.empty

    def form(self, value: Any, name: str) -> dict[str, str]:
        """The form's inputs for a JSON value."""
        return {name: "" if value is None else str(value)}

    def stored(self, value: Any) -> Any:
        """What the table's column takes for a JSON value."""
        return value

    def plain(self, value: Any) -> Any:
        """The JSON value of what the table's column has."""
        return value


@dataclass(frozen=True)
class LongText(Type):
    """Text of several lines."""

    widget: ClassVar[str] = "long"
    longest: int = 4000

    def of_text(self, text: str) -> str | None:
        """The lines as they are."""
        lines = text.splitlines()
        if not all(map(one_line, lines)):
            raise Wrong("not_one_line")
        return "\n".join(lines) or self.empty


@dataclass(frozen=True)
class Code(Type):
    """What programs call an entry."""

    widget: ClassVar[str] = "code"
    longest: int = _LONGEST_CODE

    def of_text(self, text: str) -> str:
        """Lower-case Latin letters, digits, and dots or hyphens between them."""
        if not _CODE.fullmatch(text):
            raise Wrong("no_code", text)
        return text


@dataclass(frozen=True)
class Choice(Type):
    """One of a few codes."""

    widget: ClassVar[str] = "choice"
    options: tuple[str, ...] = ()
    words: str = "setting_option"
    """The section of the console's words in which the options have theirs."""

    def of_text(self, text: str) -> str:
        """One of the options."""
        if text not in self.options:
            raise Wrong("no_such_choice", text)
        return text


@dataclass(frozen=True)
class AgencyCode(Type):
    """The code of an agency, or one of `besides`; None, where it is not required, for all. Whether there is such an
    agency is for the checks of the whole."""

    widget: ClassVar[str] = "agency"
    besides: tuple[str, ...] = ()

    def of_text(self, text: str) -> str | None:
        """A code, or None."""
        return text or None


@dataclass(frozen=True)
class Flag(Type):
    """Yes or no."""

    widget: ClassVar[str] = "flag"

    def read(self, form: Form, name: str) -> bool:
        """Whether the box is ticked: the form has it at all."""
        return bool(form.get(name))

    def form(self, value: Any, name: str) -> dict[str, str]:
        """`true` in a ticked box."""
        return {name: "true"} if value else {}


@dataclass(frozen=True)
class Whole(Type):
    """A whole number, zero or more."""

    widget: ClassVar[str] = "number"
    longest: int = 6

    def of_text(self, text: str) -> int:
        """A number, in whatever digits."""
        if not text.isdecimal():
            raise Wrong("no_number", text)
        return int(text)


@dataclass(frozen=True)
class Position(Type):
    """A place in a list: between two others there is always one."""

    widget: ClassVar[str] = "position"
    longest: int = 20

    def of_text(self, text: str) -> float:
        """A number with or without decimals."""
        try:
            number = float(text)
        except ValueError:
            raise Wrong("no_number", text) from None
        if not -1e9 < number < 1e9:
            raise Wrong("no_number", text)
        return number

    def form(self, value: Any, name: str) -> dict[str, str]:
        """As short as it can be written."""
        return {name: "" if value is None else f"{value:g}"}


@dataclass(frozen=True)
class TermText(Type):
    """A time for an answer, `7` working days or `6h`; None where it is not required and left out."""

    widget: ClassVar[str] = "term"
    longest: int = 6

    def of_text(self, text: str) -> str | None:
        """As `term.read_term` understands it, in whatever digits, with `س` for hours too."""
        plain = _latin_digits(text.lower()).replace("س", "h")
        try:
            return str(read_term(plain.replace(" ", ""))) if plain else None
        except ValueError:
            raise Wrong("no_term", text) from None

    def stored(self, value: Any) -> Term | None:
        """A `Term`."""
        return None if value is None else read_term(value)

    def plain(self, value: Any) -> str | None:
        """`7` or `6h`."""
        return None if value is None else str(value)


@dataclass(frozen=True)
class Percents(Type):
    """Several per cents, `80, 100, 150`; whether they are enough is for the checks of the whole."""

    widget: ClassVar[str] = "percents"
    longest: int = 40

    def of_text(self, text: str) -> list[int]:
        """The numbers, however they are separated."""
        numbers = re.split(r"[\s,،]+", text.strip(" ,،"))
        if not all(number.isdecimal() for number in numbers):
            raise Wrong("no_number", text)
        return [int(number) for number in numbers]

    def form(self, value: Any, name: str) -> dict[str, str]:
        """With commas."""
        return {name: ", ".join(map(str, value or ()))}

    def plain(self, value: Any) -> list[int]:
        """A list, whatever kind of sequence it was."""
        return list(value)


@dataclass(frozen=True)
class Day(Type):
    """A date in Bahrain."""

    widget: ClassVar[str] = "day"
    longest: int = 10

    def of_text(self, text: str) -> str:
        """`2026-11-22`."""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise Wrong("no_day", text) from None

    def stored(self, value: Any) -> date:
        """A date."""
        return date.fromisoformat(value)

    def plain(self, value: Any) -> str:
        """`2026-11-22`."""
        return str(value)


@dataclass(frozen=True)
class Frames(Type):
    """The hours of a day, `07:00-12:00, 16:00-19:00`; at least one stretch, where it is required."""

    widget: ClassVar[str] = "frames"
    longest: int = 100

    def of_text(self, text: str) -> list[str]:
        """The stretches in order, in whatever digits they are written."""
        try:
            frames = read_frames(part for part in re.split(r"[,،]\s*", _latin_digits(text)) if part.strip())
        except ValueError:
            raise Wrong("no_hours", text) from None
        return [f"{frame.opens:%H:%M}-{frame.closes:%H:%M}" for frame in frames]

    def form(self, value: Any, name: str) -> dict[str, str]:
        """With commas."""
        return {name: ", ".join(value or ())}


@dataclass(frozen=True)
class WeekHours(Type):
    """The hours of each day of a week, an input each: `name.sunday`."""

    widget: ClassVar[str] = "week"

    def read(self, form: Form, name: str) -> dict[str, list[str]]:
        """`{"sunday": ["07:00-14:15"], …}`. Raises `Wrong` for a week without any hours, too."""
        day_of = Frames(required=False)
        week = {day: day_of.read(form, f"{name}.{day}") for day in WEEKDAYS}
        if not any(week.values()):
            raise Wrong("no_working_day")
        return week

    def form(self, value: Any, name: str) -> dict[str, str]:
        """An input a day."""
        return {f"{name}.{day}": ", ".join((value or {}).get(day, ())) for day in WEEKDAYS}

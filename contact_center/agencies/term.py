"""How long an agency has for an answer. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from contact_center.agencies.working_time import Unit


@dataclass(frozen=True)
class Term:
    """`amount` (at least one) of working days or working hours. Written `7` or `6h`."""

    amount: int
    unit: Unit = Unit.DAYS

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term is at least one working day or hour, not {self.amount}")

    def __str__(self) -> str:
        return f"{self.amount}h" if self.unit == Unit.HOURS else str(self.amount)

    def share(self, percent: int) -> Fraction:
        """So many per cent of it, in its unit."""
        return Fraction(self.amount * percent, 100)


def read_term(written: object) -> Term:
    """A term from `7`, `"7"` or `"6h"`. Raises `ValueError` for anything else."""
    text = str(written)
    number, unit = (text[:-1], Unit.HOURS) if text.endswith("h") else (text, Unit.DAYS)
    if not (number.isascii() and number.isdecimal()):
        raise ValueError(f"not a number of working days or hours: {written!r}")
    return Term(int(number), unit)

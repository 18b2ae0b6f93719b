"""The reference number of a case: `YY-NNNN-NNNN`. Pure, but for the randomness of a new one.

Two digits of the year, seven random digits, so that nobody can guess a neighbour's or count cases, and one check digit.
The check digit is Verhoeff's: like Damm's it notices every single wrong digit and every swap of neighbours; of digits
swapped across one (`1234` for `3214`) and of doubled wrong digits it lets half as many through (5 % against 9–10 %).
"""

import secrets
import unicodedata
from dataclasses import dataclass

from stdnum import verhoeff

from contact_center.errors import InvalidInput

LENGTH = 10


class NotAReference(InvalidInput):
    """The text does not hold exactly ten digits."""

    code = "not_a_reference"


class WrongCheckDigit(InvalidInput):
    """Ten digits, of which at least one is wrong or out of place."""

    code = "wrong_check_digit"


@dataclass(frozen=True)
class Reference:
    """A reference number whose check digit is right; `digits` holds the ten Western digits."""

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != LENGTH or not (self.digits.isascii() and self.digits.isdecimal()):
            raise NotAReference("A reference number has ten digits.")
        if not verhoeff.is_valid(self.digits):
            raise WrongCheckDigit("This reference number has a wrong digit.")

    @property
    def display(self) -> str:
        """As people see it and as the database keeps it: `YY-NNNN-NNNN`."""
        return f"{self.digits[:2]}-{self.digits[2:6]}-{self.digits[6:]}"

    def __str__(self) -> str:
        return self.display


def new_reference(year: int) -> Reference:
    """A random reference number for `year` (four digits). Whether it is taken is for the database to say."""
    start = f"{year % 100:02}{secrets.randbelow(10**7):07}"
    return Reference(start + verhoeff.calc_check_digit(start))


def parse(text: str) -> Reference:
    """The reference number in `text`: ten digits of any script, with anything between them.

    Raises `NotAReference` for more or fewer digits, `WrongCheckDigit` for a mistyped number.
    """
    return Reference("".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal()))

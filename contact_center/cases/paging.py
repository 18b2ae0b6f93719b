"""Where a page of cases ends, as an opaque text that asks for the next one. Pure."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contact_center.errors import InvalidInput


class Order(StrEnum):
    """In what order cases are listed."""

    NEWEST = "newest"
    """By their filing, the newest first."""
    DUE = "due"
    """By their deadline, what is due first on top, those whose clock is stopped last; only cases that have one."""


@dataclass(frozen=True)
class Cursor:
    """The last case of a page: the next page holds what comes after it in that order."""

    order: Order
    at: datetime
    """When it was filed or, in the order of deadlines, when it is due."""
    id: UUID
    stopped: bool = False
    """Whether its clock is; in the order of deadlines only."""

    def encode(self) -> str:
        """As text for a link or an API answer."""
        parts = (self.order, int(self.stopped), self.at.isoformat(), self.id)
        return base64.urlsafe_b64encode(" ".join(map(str, parts)).encode()).decode()

    @classmethod
    def decode(cls, text: str, order: Order) -> "Cursor":
        """Back from text; raises `InvalidInput` for anything that `encode` did not make for that order."""
        try:
            of, stopped, moment, identifier = base64.urlsafe_b64decode(text.encode("ascii")).decode("ascii").split(" ")
            cursor = cls(Order(of), datetime.fromisoformat(moment), UUID(identifier), stopped != "0")
        except (ValueError, binascii.Error) as error:
            raise InvalidInput("This is not the address of a page.") from error
        if cursor.at.tzinfo is None or cursor.order != order:
            raise InvalidInput("This is not the address of a page.")
        return cursor

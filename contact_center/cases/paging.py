"""Where a page of cases ends, as an opaque text that asks for the next one. Pure."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contact_center.errors import InvalidInput


@dataclass(frozen=True)
class Cursor:
    """The last case of a page: the next page holds what was filed before it."""

    created_at: datetime
    id: UUID

    def encode(self) -> str:
        """As text for a link or an API answer."""
        return base64.urlsafe_b64encode(f"{self.created_at.isoformat()} {self.id}".encode()).decode()

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Back from text; raises `InvalidInput` for anything that `encode` did not make."""
        try:
            moment, identifier = base64.urlsafe_b64decode(text.encode("ascii")).decode("ascii").split(" ")
            cursor = cls(datetime.fromisoformat(moment), UUID(identifier))
        except (ValueError, binascii.Error) as error:
            raise InvalidInput("This is not the address of a page.") from error
        if cursor.created_at.tzinfo is None:
            raise InvalidInput("This is not the address of a page.")
        return cursor

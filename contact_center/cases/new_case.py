"""What it takes to file a case. Pure."""

import unicodedata
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from contact_center.agencies.entries import CaseType

MAX_DESCRIPTION = 20_000
MAX_FIELD = 300


def _clean(given: object) -> object:
    """Drop what no text holds and PostgreSQL refuses (NUL, lone surrogates); keep lines; trim; nothing left is None."""
    if not isinstance(given, str):
        return given
    kept = (sign for sign in given if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return "".join(kept).strip() or None


Words = Annotated[str, BeforeValidator(_clean), Field(max_length=MAX_DESCRIPTION)]
Part = Annotated[Annotated[str, Field(max_length=MAX_FIELD)] | None, BeforeValidator(_clean)]


class NewCase(BaseModel):
    """A confirmed form. Places: canonical Arabic `area`, numbers as text, WGS 84 degrees; phone in E.164."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: CaseType
    category: str
    description: Words
    governorate: str | None = None
    area: Part = None
    block: Part = None
    road: Part = None
    building: Part = None
    address: Part = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    contact_name: Part = None
    contact_phone: str | None = Field(None, pattern=r"^\+[1-9]\d{6,14}$")
    anonymous: bool = False
    """The person wants neither name nor number with the agency: both are left out of the case."""
    channel: Literal["telegram", "whatsapp", "sms", "webchat", "call_center"]
    language: Literal["ar", "en"] = "ar"
    conversation_id: UUID | None = None
    identity_id: UUID | None = None
    follows: str | None = None
    """The reference of an earlier case that could not be reopened any more."""
    attachments: tuple[UUID, ...] = ()
    """Attachments of the same conversation; others are left alone."""
    source_message_id: str | None = None
    """The inbound message that confirmed the form: filing it again gives the same case."""
    actor: str = "citizen"
    """Who filed it, for the timeline: `citizen`, `account:<username>` or `key:<name>`."""

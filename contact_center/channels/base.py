"""What a channel is: how a message looks on its way in and out, and how a provider's refusal is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, field_validator


class ChannelCode(StrEnum):
    """The channels, as they are called everywhere."""

    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    WEBCHAT = "webchat"
    CALL_CENTER = "call_center"


class MediaKind(StrEnum):
    """What a file is to a person."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        """Without what PostgreSQL cannot store (NUL, half a surrogate pair): it would be refused at every repeat."""
        if isinstance(value, str):
            return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        return value


class Media(_Part):
    """A file at the provider (`source`: its file id or URL) or already stored by us (`attachment_id`)."""

    kind: MediaKind
    source: str | None = None
    attachment_id: str | None = None
    media_type: str | None = None
    filename: str | None = None
    size: int | None = None


class Location(_Part):
    """A shared pin, WGS 84 degrees."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    label: str | None = None
    """The place's name and address, where the person picked a known place."""


class SharedContact(_Part):
    """A shared contact card; `own` is true only where the provider vouches that it is the sender's own number."""

    phone: str
    name: str | None = None
    own: bool = False


class InboundMessage(_Part):
    """One message from a citizen, whatever the channel. `provider_id` is unique within the channel."""

    channel: ChannelCode
    address: str
    """Chat id, phone in E.164, or our own conversation id."""
    provider_id: str
    text: str | None = None
    button: str | None = None
    """The token of a pressed button, as we sent it out."""
    media: tuple[Media, ...] = ()
    location: Location | None = None
    contact: SharedContact | None = None
    message_id: str | None = None
    """What the provider calls the message within its chat, where that is not `provider_id`."""
    edits: str | None = None
    """The provider id (or `message_id`) of the message that this one is an edited version of."""
    replies_to: str | None = None
    """The provider's id of the message of ours that the person quoted or answered."""
    unsupported: str | None = None
    """What it is, where we cannot use it: `sticker`, `poll`, `video_note`, …"""
    command: str | None = None
    """A command of the channel's menu: `start`, `help`, `status`, `cancel` or `language`."""
    argument: str | None = None
    """What stood behind the command."""
    subscription: str | None = None
    """`stop` or `start`, where the provider understood and answered such a word itself."""
    draft: dict[str, str | float | None] | None = None
    """Fields of the draft set by hand at the call desk."""
    notice: str | None = None
    """Nothing that the person said, but what the service itself tells the assistant: `agent_left`, `agent_silent`."""
    profile_name: str | None = None
    verified_phone: str | None = None
    """E.164, where the channel itself vouches for it."""


@dataclass(frozen=True)
class Ignored:
    """Something from a provider that is no person's message to us; `reason` is for the log."""

    reason: str


@dataclass(frozen=True)
class DeliveryStatus:
    """What a provider reports of a message of ours. `status`: `sent`, `delivered`, `read` or `failed`."""

    channel: ChannelCode
    provider_id: str
    status: str
    error_code: str | None = None
    message_key: str | None = None
    """`OutboundMessage.idempotency_key`, where the report carries it: it finds a message whose id we never learnt."""
    more: bool = False
    """Whether more parts of the message follow the one that is reported of."""


class Button(_Part):
    """A quick reply: what the person sees, and the token that comes back.

    `asks_for`: `location` or `contact`, where pressing it shares that instead; channels that cannot leave it out.
    """

    title: str
    token: str
    asks_for: str | None = None


class OutboundFile(_Part):
    """A file of ours that goes with a message: its bytes are at `path`; `size` in bytes."""

    attachment_id: str
    media_type: str
    filename: str
    size: int
    path: Path
    link: str | None
    """Where anybody may fetch it for a while; None where we cannot be reached from outside."""
    in_words: str | None
    """The line that stands in the text with the link, where a channel cannot carry the file itself."""


class Template(_Part):
    """A wording that a provider approves beforehand and takes at any time then (WhatsApp outside its 24 hours).

    `samples` and `variables` are by the numbers in the body's `{{1}}`, `{{2}}`, …: what stands there when it is shown
    for approval, and in this message. `sid`: of a template that is there already.
    """

    name: str
    language: str
    body: str
    samples: dict[str, str]
    variables: dict[str, str]
    sid: str | None = None


class OutboundMessage(_Part):
    """One message to a citizen. Channels cut, number or re-shape it to their limits."""

    text: str
    media: tuple[OutboundFile, ...] = ()
    buttons: tuple[Button, ...] = ()
    template: Template | None = None
    """Sent in place of all else, where the channel takes nothing but templates now."""
    after_asking: bool = False
    """Whether the message before had a button that `asks_for` something: what it put on the screen is to go."""
    idempotency_key: str
    """Unique to this message: for providers that take one, and for finding it again."""
    parts_sent: int = 0
    """How many of the parts that it is sent in arrived at an earlier try."""


PartSent = Callable[[int], Awaitable[None]]
"""Told how many parts of a message have arrived, whenever more are to come."""


async def not_noted(count: int) -> None:
    """The `PartSent` of a message that is not tried again."""


@dataclass(frozen=True)
class Download:
    """A file on its way from a provider: its type as the provider says, and its bytes in chunks."""

    media_type: str | None
    chunks: AsyncIterator[bytes]


class SendError(Exception):
    """A provider did not take a message. `code` is the provider's own, for operators."""

    def __init__(self, reason: str, *, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class Refused(SendError):
    """It will never be taken: blocked, opted out, no such address."""


class Throttled(SendError):
    """Later; `retry_after` in seconds."""

    def __init__(self, reason: str, *, retry_after: float, code: str | None = None) -> None:
        super().__init__(reason, code=code)
        self.retry_after = retry_after


class TemporarilyFailed(SendError):
    """The provider was not reached, or said that it is its own fault: certainly not sent."""


class Ambiguous(SendError):
    """It may or may not have been sent (no answer after the request was written)."""


class Channel(Protocol):
    """What the service needs of a channel that has a provider."""

    code: ChannelCode

    async def send(self, address: str, message: OutboundMessage, part_sent: PartSent = not_noted) -> str:
        """Send one message; returns the provider's id of it. Raises a `SendError`."""

    async def download(self, media: Media) -> Download:
        """Open the file behind `media.source`. Raises a `SendError` (`Refused`: it is gone or too large)."""

    async def show_typing(self, address: str) -> None:
        """Show that an answer is being written, where the channel can; never raises."""

    async def close(self) -> None:
        """Close connections."""

"""Files of a message by Twilio: WhatsApp fetches them from us, one a message; elsewhere their links stand in the words.

Limits: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages.
"""

from collections.abc import Sequence

from contact_center.channels.base import OutboundFile
from contact_center.channels.text import utf16_units

MAX_CAPTION = 1024
_MB = 1024 * 1024
_CARRIED = {"image/jpeg": 5 * _MB, "image/png": 5 * _MB, "application/pdf": 16 * _MB}
"""What WhatsApp takes, and how large each may be."""

Fields = dict[str, str]


def carried(files: Sequence[OutboundFile]) -> list[OutboundFile]:
    """Those that WhatsApp shows as they are."""
    return [file for file in files if file.link and file.size <= _CARRIED.get(file.media_type, 0)]


def with_links(text: str, files: Sequence[OutboundFile]) -> str:
    """The words, with a line for each file below them."""
    return "\n".join([text, "", *lines]) if (lines := [file.in_words for file in files if file.in_words]) else text


def media_of(files: Sequence[OutboundFile]) -> list[Fields]:
    """A message for each file, without words."""
    return [{"MediaUrl": file.link} for file in files if file.link]


def may_be_caption(text: str, file: OutboundFile) -> bool:
    """Whether the words fit below the file: a picture has room for some, a document for none."""
    return file.media_type.startswith("image/") and utf16_units(text) <= MAX_CAPTION

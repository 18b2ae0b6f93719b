"""What one message is sent as by Twilio: a request for each part. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contact_center.channels.base import OutboundFile
from contact_center.channels.text import split_text
from contact_center.channels.twilio_files import may_be_caption, media_of

WHATSAPP_UNITS = 1600


@dataclass(frozen=True)
class Part:
    """What one request to Twilio says: its fields, or (`instead`) the words where they are refused."""

    fields: dict[str, str]
    instead: str | None = None
    last: bool = False

    def reported_as(self, key: str) -> str:
        """What is put into the address to which its fate is reported: a file before the last part may fail by itself,
        since it is only fetched when the request has been answered."""
        if self.last:
            return f"?message={key}"
        return f"?message={key}&more=true" if "MediaUrl" in self.fields else ""


def filled(sid: str, variables: Mapping[str, str]) -> Part:
    """A template with what stands in it."""
    return Part({"ContentSid": sid, "ContentVariables": json.dumps(dict(variables), ensure_ascii=False)})


def with_files(words: Sequence[Part], files: Sequence[OutboundFile]) -> list[Part]:
    """Words that fit stand below the first picture; else they come first, save where they have buttons."""
    media = [Part(fields) for fields in media_of(files)]
    body = words[0].fields.get("Body")
    if len(words) == 1 and body is not None and may_be_caption(body, files[0]):
        return [Part({"Body": body, **media[0].fields}), *media[1:]]
    return [*words, *media] if "Body" in words[-1].fields else [*media, *words]


def as_words(text: str) -> list[Part]:
    """Words without buttons on WhatsApp."""
    return [Part({"Body": body}) for body in split_text(text, WHATSAPP_UNITS)]

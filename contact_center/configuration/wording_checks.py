"""What is wrong with the wording of a message, or of a canned reply. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contact_center.agencies.checks import Fault
from contact_center.canned_replies.placeholders import PLACEHOLDERS, unknown
from contact_center.notifications.templates import OUTSIDE, placeholders, shipped


def wording_faults(code: str, values: Mapping[str, Any]) -> Iterator[Fault]:
    """It is of something that is told, and has no placeholder that nothing would fill in."""
    event, audience, channel, language = code.split(":")
    told = shipped()["events"].get(event, {}).get(audience)
    if told is None:
        yield Fault("template", code, "audience", "told_nobody")
        return
    text = (values["text"] or "").strip()
    filled_in = placeholders(told[language])
    if set(placeholders(text)) - set(filled_in):
        yield Fault("template", code, "text", "no_such_placeholder", _listed(filled_in))
    if channel == OUTSIDE and (text.startswith("{") or text.endswith("}")):
        yield Fault("template", code, "text", "ends_in_placeholder")
    if values["content_sid"] and channel != OUTSIDE:
        yield Fault("template", code, "content_sid", "no_approved_template")


def canned_reply_faults(code: str, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Its texts have no placeholder that nothing would fill in."""
    for field in ("text_ar", "text_en"):
        if unknown(values[field]):
            yield Fault("canned_reply", code, field, "no_such_placeholder", _listed(PLACEHOLDERS))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)

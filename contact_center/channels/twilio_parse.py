"""What Twilio posts to us: its signature, inbound messages (WhatsApp and SMS) and delivery reports.

Fields: https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from pydantic import ValidationError
from twilio.request_validator import RequestValidator

from contact_center.channels.base import ChannelCode, DeliveryStatus, Ignored, InboundMessage, Location, Media
from contact_center.channels.http import kind_of
from contact_center.errors import Unparseable

SIGNATURE_HEADER = "X-Twilio-Signature"

MAX_MEDIA = 10
_WHATSAPP = "whatsapp:"
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_FILENAME = re.compile(r"[^\n]{1,200}\.\w{2,5}")
_SUBSCRIPTION = {"STOP": "stop", "START": "start"}
"""Words that Twilio has already answered itself, as HELP; after STOP it refuses whatever we send."""

_UNUSABLE = {"sticker", "reaction", "order", "poll", "unsupported", "system", "unknown"}
_STATUSES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's statuses in ours. Those before `sent` (`accepted`, `queued`, `sending`, …) are no news to us."""

Form = Mapping[str, str]


def parse_form(body: bytes) -> dict[str, str]:
    """The fields of a posted form, as they are signed. Raises `Unparseable`."""
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=500))
    except ValueError as error:
        raise Unparseable("The body is not a form.") from error


def is_signed(auth_token: str, url: str, form: Form, signature: str | None) -> bool:
    """Whether Twilio signed these fields for this address (ours as Twilio calls it, with its query)."""
    return bool(RequestValidator(auth_token).validate(url, dict(form), signature or ""))


def read_message(form: Form) -> InboundMessage | Ignored:
    """The person's message in the fields of an inbound webhook. Raises `Unparseable`."""
    provider_id, sender = required(form, "MessageSid"), required(form, "From")
    channel, phone = channel_and_phone(sender)
    if phone_or_none(phone) is None:
        return Ignored("the sender is not a telephone number")
    answered = form.get("OptOutType", "").upper()
    if answered == "HELP":
        return Ignored("answered by Twilio: HELP")
    try:
        return InboundMessage(
            channel=channel,
            address=phone,
            provider_id=provider_id,
            replies_to=form.get("OriginalRepliedMessageSid") or None,
            profile_name=form.get("ProfileName") or None,
            verified_phone=phone,
            subscription=_SUBSCRIPTION.get(answered),
            **_content(form),
        )
    except (ValidationError, ValueError) as error:
        raise Unparseable("A field of the message cannot be true.") from error


def read_status(form: Form, message_key: str | None, *, more: bool = False) -> DeliveryStatus | Ignored:
    """What a status callback says of a message of ours, and what we put into its address: the message's key, and
    whether `more` of it follows. As above."""
    provider_id, told = required(form, "MessageSid"), required(form, "MessageStatus").lower()
    if told not in _STATUSES or (more and _STATUSES[told] != "failed"):
        return Ignored(f"status {told}")
    channel, _ = channel_and_phone(form.get("To", ""))
    error = form.get("ErrorCode", "").strip("0 ") and form["ErrorCode"]
    return DeliveryStatus(channel, provider_id, _STATUSES[told], error or None, message_key, more)


def channel_and_phone(address: str) -> tuple[ChannelCode, str]:
    """Twilio's address (`whatsapp:+973…` or `+973…`) as our channel and the bare number."""
    if address.startswith(_WHATSAPP):
        return ChannelCode.WHATSAPP, address.removeprefix(_WHATSAPP)
    return ChannelCode.SMS, address


def _content(form: Form) -> dict[str, Any]:
    """The fields of `InboundMessage` that hold what was said or sent."""
    text = form.get("Body", "").strip() or None
    button = form.get("ButtonPayload") or form.get("ListId")
    if button:
        return {"button": button, "text": form.get("ButtonText") or form.get("ListTitle") or text}
    if unusable := _unusable(form):
        return {"unsupported": unusable}
    if form.get("Latitude") and form.get("Longitude"):
        return {"location": _location(form)}
    media = _media(form)
    if len(media) == 1 and form.get("MessageType") == "document" and _FILENAME.fullmatch(text or ""):
        return {"media": (media[0].model_copy(update={"filename": text}),)}  # WhatsApp gives a file's name as its words
    return {"text": text, "media": media} if text or media else {"unsupported": form.get("MessageType") or "unknown"}


def _unusable(form: Form) -> str | None:
    told = form.get("MessageType", "").lower()
    if told in _UNUSABLE:
        return told
    # Where the type is not told: WhatsApp's photos come as JPEG, and it keeps WebP for stickers.
    webp = form["From"].startswith(_WHATSAPP) and form.get("MediaContentType0") == "image/webp"
    return "sticker" if webp and not told else None


def _location(form: Form) -> Location:
    label = "، ".join(filter(None, [form.get("Label"), form.get("Address")])) or None
    return Location(lat=float(form["Latitude"]), lon=float(form["Longitude"]), label=label)


def _media(form: Form) -> tuple[Media, ...]:
    count = min(int(form.get("NumMedia") or 0), MAX_MEDIA)
    return tuple(_one_media(form, index) for index in range(count) if form.get(f"MediaUrl{index}"))


def _one_media(form: Form, index: int) -> Media:
    media_type = form.get(f"MediaContentType{index}", "").partition(";")[0].strip().lower() or None
    return Media(kind=kind_of(media_type), source=form[f"MediaUrl{index}"], media_type=media_type)


def phone_or_none(address: str) -> str | None:
    """A bare number in E.164; None for anything else."""
    return address if _PHONE.fullmatch(address) else None


def required(form: Form, name: str) -> str:
    """A field that has to be there. Raises `Unparseable`."""
    if not form.get(name):
        raise Unparseable(f"{name} is missing.")
    return form[name]

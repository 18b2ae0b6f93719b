"""WhatsApp and SMS, both by Twilio: https://www.twilio.com/docs/messaging/api/message-resource."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from contact_center.channels import twilio_media, vcard
from contact_center.channels.base import (
    ChannelCode,
    Download,
    InboundMessage,
    Media,
    OutboundMessage,
    PartSent,
    Refused,
    SendError,
    SharedContact,
    not_noted,
)
from contact_center.channels.parts import PartSender
from contact_center.channels.sms_alphabet import in_few_parts, is_gsm
from contact_center.channels.text import numbered, split_text
from contact_center.channels.twilio_approvals import Approvals
from contact_center.channels.twilio_client import TwilioClient
from contact_center.channels.twilio_content import LIST_ITEMS, MAX_BODY, Templates, interactive, with_labels
from contact_center.channels.twilio_files import carried, with_links
from contact_center.channels.twilio_parts import Part, as_words, filled, with_files

MESSAGES_PATH = "/webhooks/twilio/messages"
STATUS_PATH = "/webhooks/twilio/status"

SMS_UNITS, SMS_ARABIC_UNITS = 10 * 153, 10 * 67
"""Networks join up to ten parts: of 153 characters in GSM's alphabet, of 67 where one letter is outside it."""

CARD_SECONDS, CARD_BYTES = 4, 64 * 1024
TEMPLATE_REFUSED = {"21655", "21656", "21658", "20404"}

log = structlog.get_logger()


class TwilioChannel:
    """What WhatsApp and SMS share. `sender`: our number in E.164, or a name (SMS)."""

    code: ChannelCode
    prefix = ""

    def __init__(self, client: TwilioClient, sender: str, public_url: str) -> None:
        self.client = client
        self.public_url = public_url
        self._sender = self.prefix + sender.removeprefix(self.prefix)
        self._parts: PartSender[Part] = PartSender()

    async def send(self, address: str, message: OutboundMessage, part_sent: PartSent = not_noted) -> str:
        """Send to a number in E.164; the id returned is the last part's. Of the parts before it only failures count."""
        *first, last = await self._compose(message)

        async def send_one(part: Part) -> str:
            envelope = {
                "From": self._sender,
                "To": self.prefix + address,
                "StatusCallback": f"{self.public_url}{STATUS_PATH}{part.reported_as(message.idempotency_key)}",
            }
            return await self._send_one(envelope, part)

        parts, key = [*first, replace(last, last=True)], message.idempotency_key
        return await self._parts.send(key, parts, send_one, parts_sent=message.parts_sent, part_sent=part_sent)

    async def download(self, media: Media) -> Download:
        """Open the file behind Twilio's media address."""
        if not media.source:
            raise Refused("no file", code="gone")
        return await twilio_media.fetch(self.client, media.source, media.media_type)

    async def show_typing(self, address: str) -> None:
        """Neither SMS nor Twilio's WhatsApp shows it."""

    async def with_contact(self, message: InboundMessage) -> InboundMessage:
        """The message with its contact card read; as it is where it has none, or none that can be had quickly."""
        cards = [media for media in message.media if media.media_type in vcard.MEDIA_TYPES]
        if not cards:
            return message
        try:
            async with asyncio.timeout(CARD_SECONDS):
                card = vcard.read_card(await self._text_of(cards[0]))
        except (SendError, TimeoutError) as error:
            log.warning("contact_card_not_read", channel=self.code, reason=str(error) or "timeout")
            return message
        if card is None:
            return message
        contact = SharedContact(phone=card.phone, name=card.name, own=card.phone == message.verified_phone)
        rest = tuple(media for media in message.media if media is not cards[0])
        return message.model_copy(update={"contact": contact, "media": rest})

    async def close(self) -> None:
        """Close connections."""
        await self.client.close()

    async def _compose(self, message: OutboundMessage) -> Sequence[Part]:
        raise NotImplementedError

    async def _send_one(self, envelope: dict[str, str], part: Part) -> str:
        return await self.client.create_message(envelope | part.fields)

    async def _text_of(self, media: Media) -> str:
        content = bytearray()
        async for chunk in (await self.download(media)).chunks:
            content += chunk
            if len(content) > CARD_BYTES:
                raise Refused("the contact card is too large", code="too_large")
        return content.decode("utf-8", "replace")


class SmsChannel(TwilioChannel):
    """SMS: words only; choices are numbered."""

    code = ChannelCode.SMS

    async def _compose(self, message: OutboundMessage) -> Sequence[Part]:
        said = with_links(message.text, message.media)
        text = in_few_parts(numbered(said, (button.title for button in message.buttons)))
        limit = SMS_UNITS if is_gsm(text) else SMS_ARABIC_UNITS
        return [Part({"Body": body}) for body in split_text(text, limit)]


class WhatsAppChannel(TwilioChannel):
    """WhatsApp: up to three quick replies, up to ten items in a list; more choices are numbered."""

    code = ChannelCode.WHATSAPP
    prefix = "whatsapp:"

    def __init__(self, client: TwilioClient, sender: str, public_url: str) -> None:
        super().__init__(client, sender, public_url)
        self._templates = Templates(client)
        self.approvals = Approvals(client)

    async def _compose(self, message: OutboundMessage) -> Sequence[Part]:
        if message.template:
            return [filled(await self.approvals.sid_of(message.template), message.template.variables)]
        files = carried(message.media)
        linked = [file for file in message.media if file not in files]
        words = await self._words(message.model_copy(update={"text": with_links(message.text, linked)}))
        return with_files(words, files) if files else words

    async def _words(self, message: OutboundMessage) -> Sequence[Part]:
        """The words, with buttons below the last of them."""
        if not 1 <= len(message.buttons) <= LIST_ITEMS:
            return as_words(numbered(message.text, (button.title for button in message.buttons)))
        text, labels = with_labels(message.text, message.buttons)
        *first, last = split_text(text, MAX_BODY)
        shown = interactive(last, labels, message.buttons)
        plain = numbered(message.text, (button.title for button in message.buttons))
        if shown is None:
            return as_words(plain)
        try:
            sid = await self._templates.sid_of(shown)
        except SendError as error:  # choices that are typed are better than none
            log.warning("template_not_made", code=error.code, reason=str(error))
            return as_words(plain)
        instead = last if text != message.text else numbered(last, labels)
        return [*(Part({"Body": body}) for body in first), replace(filled(sid, shown.variables), instead=instead)]

    async def _send_one(self, envelope: dict[str, str], part: Part) -> str:
        try:
            return await super()._send_one(envelope, part)
        except Refused as error:
            if error.code in TEMPLATE_REFUSED:
                self.approvals.look_again()
            if part.instead is None or error.code not in TEMPLATE_REFUSED:
                raise
            log.warning("template_refused", code=error.code, reason=str(error))
            self._templates.forget()
            return await super()._send_one(envelope, Part({"Body": part.instead}))

"""Where Telegram and Twilio bring messages: checked, stored, and only then acknowledged."""

from collections.abc import Mapping
from typing import Annotated

import structlog
from fastapi import APIRouter, BackgroundTasks, Header, Response

from contact_center.api.dependencies import ChannelsOf, DatabaseOf, WebhookBody
from contact_center.api.twilio_signature import SignedForm
from contact_center.channels.base import Channel, ChannelCode, Ignored, InboundMessage
from contact_center.channels.telegram import SECRET_HEADER, TelegramChannel
from contact_center.channels.telegram_parse import parse_update, read_update
from contact_center.channels.twilio import TwilioChannel
from contact_center.channels.twilio_parse import (
    channel_and_phone,
    read_message,
    read_status,
)
from contact_center.conversations import delivery_status, inbox
from contact_center.database import Database
from contact_center.errors import Forbidden, NotFound

router = APIRouter(prefix="/webhooks", include_in_schema=False)
log = structlog.get_logger()

NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""TwiML that says nothing: our answers go out by the API, in their own time."""


@router.post("/telegram")
async def telegram(
    body: WebhookBody,
    channels: ChannelsOf,
    database: DatabaseOf,
    after: BackgroundTasks,
    secret: Annotated[str | None, Header(alias=SECRET_HEADER)] = None,
) -> Response:
    """An update of Telegram's; it comes again until we answer 2xx."""
    channel = channels.get(ChannelCode.TELEGRAM)
    if not isinstance(channel, TelegramChannel):
        raise NotFound("Telegram is not switched on.")
    if not channel.knows_secret(secret):
        raise Forbidden("The secret token is wrong.")
    update = parse_update(body)
    await _store(database, ChannelCode.TELEGRAM, str(update.update_id), read_update(update))
    after.add_task(channel.acknowledge, update)
    return Response()


@router.post("/twilio/messages")
async def twilio_messages(form: SignedForm, channels: ChannelsOf, database: DatabaseOf) -> Response:
    """A message on WhatsApp or by SMS."""
    message = read_message(form)
    channel = _twilio_channel(channels, channel_and_phone(form["From"])[0])
    if isinstance(message, InboundMessage):
        message = await channel.with_contact(message)
    await _store(database, channel.code, form["MessageSid"], message)
    return Response(NO_REPLY, media_type="text/xml")


@router.post("/twilio/status")
async def twilio_status(
    form: SignedForm, database: DatabaseOf, message: str | None = None, more: bool = False
) -> Response:
    """What became of a message of ours; `message` and `more` are what we put into the address."""
    report = read_status(form, message, more=more)
    if isinstance(report, Ignored):
        return Response()
    async with database.transaction() as session:
        ours = await delivery_status.record_delivery(session, report)
    log.info(
        "delivery_reported",
        channel=report.channel,
        provider_id=report.provider_id,
        message_key=report.message_key,
        status=report.status,
        error_code=report.error_code,
        ours=ours,
    )
    return Response()


def _twilio_channel(channels: Mapping[ChannelCode, Channel], code: ChannelCode) -> TwilioChannel:
    channel = channels.get(code)
    if not isinstance(channel, TwilioChannel):
        raise NotFound(f"{code} is not switched on.")
    return channel


async def _store(database: Database, channel: ChannelCode, provider_id: str, message: InboundMessage | Ignored) -> None:
    """Store a person's message, committed when this returns."""
    if isinstance(message, Ignored):
        log.info("update_ignored", channel=channel, provider_id=provider_id, reason=message.reason)
        return
    async with database.transaction() as session:
        new = await inbox.receive(session, message)
    log.info("message_received", channel=channel, provider_id=provider_id, new=new)

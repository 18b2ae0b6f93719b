"""Which channels are on: those whose settings are there."""

from pydantic import SecretStr

from contact_center.channels.base import Channel, ChannelCode
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.twilio import SmsChannel, WhatsAppChannel
from contact_center.channels.twilio_client import TwilioClient
from contact_center.settings import Settings

_TWILIO = ("twilio_account_sid", "twilio_auth_token", "public_url")
NEEDS = {
    ChannelCode.TELEGRAM: ("telegram_token",),
    ChannelCode.WHATSAPP: (*_TWILIO, "whatsapp_number"),
    ChannelCode.SMS: (*_TWILIO, "sms_number"),
}
"""The settings that each channel with a provider needs. Without a public address Twilio cannot reach us."""


def open_channels(settings: Settings) -> dict[ChannelCode, Channel]:
    """The channels that are on; the caller closes them."""
    made: list[Channel] = []
    on = NEEDS.keys() - why_off(settings).keys()
    if ChannelCode.TELEGRAM in on:
        token = _revealed(settings.telegram_token)
        made.append(TelegramChannel(token, settings.effective_telegram_secret, settings.telegram_api_url))
    if on <= {ChannelCode.TELEGRAM}:
        return {channel.code: channel for channel in made}
    account_sid, auth_token = settings.twilio_account_sid or "", _revealed(settings.twilio_auth_token)
    twilio = TwilioClient(account_sid, auth_token, settings.twilio_api_url)
    if ChannelCode.WHATSAPP in on:
        made.append(WhatsAppChannel(twilio, settings.whatsapp_number or "", settings.public_url or ""))
    if ChannelCode.SMS in on:
        made.append(SmsChannel(twilio, settings.sms_number or "", settings.public_url or ""))
    return {channel.code: channel for channel in made}


def why_off(settings: Settings) -> dict[ChannelCode, str]:
    """For each channel with a provider that is off: the settings that are missing, as the environment names them."""
    missing = {code: [name for name in names if not getattr(settings, name)] for code, names in NEEDS.items()}
    return {code: ", ".join(f"TAWASUL_{name.upper()}" for name in names) for code, names in missing.items() if names}


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""

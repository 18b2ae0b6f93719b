"""Which channels are on: those whose settings are there."""

from pydantic import SecretStr

from contact_center.channels.base import Channel, ChannelCode
from contact_center.channels.telegram import TelegramChannel
from contact_center.channels.twilio import SmsChannel, WhatsAppChannel
from contact_center.channels.twilio_client import TwilioClient
from contact_center.channels.twilio_voice import VoiceLine
from contact_center.settings import Settings

TWILIO_NEEDS = ("twilio_account_sid", "twilio_auth_token", "public_url")
NEEDS = {
    ChannelCode.TELEGRAM: ("telegram_token",),
    ChannelCode.WHATSAPP: (*TWILIO_NEEDS, "whatsapp_number"),
    ChannelCode.SMS: (*TWILIO_NEEDS, "sms_number"),
}
"""The settings that each channel with a provider needs. Without a public address Twilio cannot reach us."""
VOICE_NEEDS = (*TWILIO_NEEDS, "voice_number")
"""Those that calls need."""


def open_channels(settings: Settings) -> dict[ChannelCode, Channel]:
    """The channels that are on; the caller closes them."""
    made: list[Channel] = []
    on = NEEDS.keys() - why_off(settings).keys()
    if ChannelCode.TELEGRAM in on:
        token = _revealed(settings.telegram_token)
        made.append(TelegramChannel(token, settings.effective_telegram_secret, settings.telegram_api_url))
    if on <= {ChannelCode.TELEGRAM}:
        return {channel.code: channel for channel in made}
    twilio = _twilio(settings)
    if ChannelCode.WHATSAPP in on:
        made.append(WhatsAppChannel(twilio, settings.whatsapp_number or "", settings.public_url or ""))
    if ChannelCode.SMS in on:
        made.append(SmsChannel(twilio, settings.sms_number or "", settings.public_url or ""))
    return {channel.code: channel for channel in made}


def open_voice(settings: Settings) -> VoiceLine | None:
    """Our number for calls, None where its settings are missing; the caller closes it."""
    if not all(getattr(settings, name) for name in VOICE_NEEDS):
        return None
    return VoiceLine(_twilio(settings), settings.voice_number or "", settings.public_url or "")


def why_off(settings: Settings) -> dict[ChannelCode, str]:
    """For each channel with a provider that is off: the settings that are missing, as the environment names them."""
    missing = {code: [name for name in names if not getattr(settings, name)] for code, names in NEEDS.items()}
    return {code: ", ".join(f"TAWASUL_{name.upper()}" for name in names) for code, names in missing.items() if names}


def _twilio(settings: Settings) -> TwilioClient:
    account_sid, auth_token = settings.twilio_account_sid or "", _revealed(settings.twilio_auth_token)
    return TwilioClient(account_sid, auth_token, settings.twilio_api_url)


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""

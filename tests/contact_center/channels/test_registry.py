"""Which channels are on."""

from pathlib import Path
from typing import Any

from contact_center.channels.base import ChannelCode
from contact_center.channels.registry import open_channels, why_off
from contact_center.settings import Settings

TELEGRAM = {"telegram_token": "1:x"}
TWILIO = {"twilio_account_sid": "AC1", "twilio_auth_token": "t", "public_url": "https://tawasul.example.bh"}


def settings(tmp_path: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, **values)


async def test_nothing_set_nothing_on(tmp_path: Path) -> None:
    bare = settings(tmp_path)
    assert open_channels(bare) == {}
    assert why_off(bare)[ChannelCode.TELEGRAM] == "TAWASUL_TELEGRAM_TOKEN"
    assert why_off(bare)[ChannelCode.SMS] == (
        "TAWASUL_TWILIO_ACCOUNT_SID, TAWASUL_TWILIO_AUTH_TOKEN, TAWASUL_PUBLIC_URL, TAWASUL_SMS_NUMBER"
    )


async def test_each_by_its_own_settings(tmp_path: Path) -> None:
    some = settings(tmp_path, **TELEGRAM, **TWILIO, sms_number="+97317000002")
    channels = open_channels(some)
    assert channels.keys() == {ChannelCode.TELEGRAM, ChannelCode.SMS}
    assert why_off(some) == {ChannelCode.WHATSAPP: "TAWASUL_WHATSAPP_NUMBER"}
    for code, channel in channels.items():
        assert channel.code == code
        await channel.close()


async def test_all_on_closes_twice_where_the_connection_is_shared(tmp_path: Path) -> None:
    numbers = {"sms_number": "+97317000002", "whatsapp_number": "+97317000001"}
    channels = open_channels(settings(tmp_path, **TELEGRAM, **TWILIO, **numbers))
    assert len(channels) == 3
    for channel in channels.values():
        await channel.close()

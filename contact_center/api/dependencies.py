"""What routes need of the running application, and how they read a body."""

from collections.abc import Mapping
from typing import Annotated, cast

from fastapi import Depends, Request

from contact_center.channels.base import Channel, ChannelCode
from contact_center.database import Database
from contact_center.errors import TawasulError
from contact_center.settings import Settings

MAX_WEBHOOK_BYTES = 1024 * 1024


class TooLarge(TawasulError):
    """A body above what any provider sends."""

    status = 413
    code = "too_large"


def settings_of(request: Request) -> Settings:
    """The process's settings."""
    return cast(Settings, request.app.state.settings)


def database_of(request: Request) -> Database:
    """The process's database."""
    return cast(Database, request.app.state.database)


def channels_of(request: Request) -> Mapping[ChannelCode, Channel]:
    """The channels that are on and have a provider."""
    return cast(Mapping[ChannelCode, Channel], request.app.state.channels)


async def webhook_body(request: Request) -> bytes:
    """A provider's request body. Raises `TooLarge` as soon as it is known to be above the limit."""
    if int(request.headers.get("content-length") or 0) > MAX_WEBHOOK_BYTES:
        raise TooLarge("The body is larger than 1 MB.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_WEBHOOK_BYTES:
            raise TooLarge("The body is larger than 1 MB.")
    return bytes(body)


SettingsOf = Annotated[Settings, Depends(settings_of)]
DatabaseOf = Annotated[Database, Depends(database_of)]
ChannelsOf = Annotated[Mapping[ChannelCode, Channel], Depends(channels_of)]
WebhookBody = Annotated[bytes, Depends(webhook_body)]

"""What routes need of the running application, how they read a body, and who is asking."""

from collections.abc import Mapping
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contact_center.accounts import sessions
from contact_center.accounts.api_keys import verify_key
from contact_center.accounts.first_steps import check_ready
from contact_center.accounts.models import Account
from contact_center.accounts.roles import Action, Role, may_everywhere
from contact_center.attachments.storage import Storage
from contact_center.channels.base import Channel, ChannelCode
from contact_center.channels.twilio_voice import VoiceLine
from contact_center.conversations.dialogue import Assistant
from contact_center.database import Database
from contact_center.errors import Forbidden, TawasulError, Unauthenticated
from contact_center.listening import Listener
from contact_center.settings import Settings

MAX_WEBHOOK_BYTES = 1024 * 1024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

bearer = HTTPBearer(auto_error=False, description="An API key: `tawasul keys create NAME` prints one.")


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


def voice_of(request: Request) -> VoiceLine | None:
    """Our number for calls, None where there is none."""
    return cast(VoiceLine | None, request.app.state.voice)


def listener_of(request: Request) -> Listener:
    """What wakes those who watch a conversation."""
    return cast(Listener, request.app.state.listener)


def storage_of(request: Request) -> Storage:
    """Where attachments are kept."""
    return cast(Storage, request.app.state.storage)


def assistant_of(request: Request) -> Assistant:
    """The client of the assistant."""
    return cast(Assistant, request.app.state.assistant)


def two_factor_roles_of(request: Request) -> frozenset[Role]:
    """Those who may not go without a second factor."""
    return cast(frozenset[Role], request.app.state.two_factor_roles)


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
ListenerOf = Annotated[Listener, Depends(listener_of)]
TwoFactorRolesOf = Annotated[frozenset[Role], Depends(two_factor_roles_of)]
AssistantOf = Annotated[Assistant, Depends(assistant_of)]
StorageOf = Annotated[Storage, Depends(storage_of)]
ChannelsOf = Annotated[Mapping[ChannelCode, Channel], Depends(channels_of)]
VoiceOf = Annotated[VoiceLine | None, Depends(voice_of)]
WebhookBody = Annotated[bytes, Depends(webhook_body)]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)]
"""A request that is sent again with the same key does nothing a second time."""


def staff_cookie(settings: Settings) -> str:
    """The name of the cookie that holds a staff session's token; over https no other host can plant it."""
    return "__Host-tawasul_staff" if over_https(settings) else "tawasul_staff"


def over_https(settings: Settings) -> bool:
    """Whether people reach us by https, and cookies may therefore insist on it."""
    return (settings.public_url or "").startswith("https://")


async def signed_in(request: Request, database: DatabaseOf, settings: SettingsOf) -> Account | None:
    """The account of the request's session cookie, if it is a current one."""
    token = request.cookies.get(staff_cookie(settings))
    if not token:
        return None
    async with database.transaction() as session:
        return await sessions.find(session, token)


def same_origin(request: Request, settings: SettingsOf) -> None:
    """Raise `Forbidden` where another site's page may be behind a request that changes something.

    Browsers say where such a request comes from (`Origin`, `Sec-Fetch-Site`); one that says nothing is refused too.
    """
    if request.method in SAFE_METHODS or request.headers.get("sec-fetch-site") == "same-origin":
        return
    origin = request.headers.get("origin") or ""
    here = {request.headers.get("host"), urlsplit(settings.public_url or "").netloc} - {None, ""}
    if request.headers.get("sec-fetch-site") or urlsplit(origin).netloc not in here:
        raise Forbidden("This request came from another site.")


async def presented_key(
    database: DatabaseOf, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> str | None:
    """`key:<name>` of the API key that the request carries, None where it carries none. Raises `Unauthenticated`."""
    if credentials is None:
        return None
    async with database.transaction() as session:
        key = await verify_key(session, credentials.credentials)
    if key is None:
        raise Unauthenticated("This API key is not valid.")
    return f"key:{key.name}"


KeyOf = Annotated[str | None, Depends(presented_key)]


async def key_only(key: KeyOf) -> str:
    """Who is asking: `key:<name>`. Raises `Unauthenticated`."""
    if key is None:
        raise Unauthenticated("An API key is needed: Authorization: Bearer …")
    return key


KeyHolder = Annotated[str, Depends(key_only)]


async def staff_or_key(
    request: Request,
    settings: SettingsOf,
    key: KeyOf,
    account: Annotated[Account | None, Depends(signed_in)],
    two_factor_roles: TwoFactorRolesOf,
) -> str:
    """Who is asking, for timelines: `key:<name>` (an API key) or `account:<username>` (a call-desk session).

    Raises `Unauthenticated`, or `Forbidden` for an agency's staff, for who has to set something up first, and for a
    request that another site may be behind.
    """
    if key is not None or account is None:
        return await key_only(key)
    if not may_everywhere(account, Action.TAKE_CALLS):
        raise Forbidden("This is for the contact centre.")
    check_ready(account, two_factor_roles)
    same_origin(request, settings)
    return f"account:{account.username}"


StaffOrKey = Annotated[str, Depends(staff_or_key)]

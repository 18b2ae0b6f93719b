"""What the channels share of HTTP: what a broken connection means for a message, and files in chunks."""

import json
from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx

from contact_center.channels.base import Ambiguous, Download, MediaKind, Refused, SendError, TemporarilyFailed

TIMEOUT = httpx.Timeout(10, connect=5)
MAX_FILE_BYTES = 20 * 1024 * 1024
"""What Telegram lets bots download; more than WhatsApp lets people send (16 MB)."""

_NEVER_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_UNTYPED = {"", "application/octet-stream", "binary/octet-stream"}


def network_error(error: httpx.HTTPError) -> SendError:
    """What httpx's error means for the message: not sent for certain, or perhaps sent."""
    kind = TemporarilyFailed if isinstance(error, _NEVER_WRITTEN) else Ambiguous
    return kind(f"{type(error).__name__}: {error}".rstrip(": "), code="network")


def kind_of(media_type: str | None) -> MediaKind:
    """What a file of this type is to a person."""
    kinds = {"image": MediaKind.PHOTO, "audio": MediaKind.VOICE, "video": MediaKind.VIDEO}
    return kinds.get((media_type or "").partition("/")[0].strip().lower(), MediaKind.DOCUMENT)


async def open_download(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """Send a request for a file, without its body yet. Raises a `SendError`: a file may always be asked for again."""
    try:
        return await client.send(request, stream=True, follow_redirects=False)
    except httpx.HTTPError as error:
        raise TemporarilyFailed(f"download: {type(error).__name__}", code="network") from error


async def download_of(response: httpx.Response, expected_type: str | None) -> Download:
    """The file in an open response. Raises `Refused` where it is gone or too large, `TemporarilyFailed` for later."""
    if response.status_code != HTTPStatus.OK:
        await response.aclose()
        failure = TemporarilyFailed if _worth_retrying(response.status_code) else Refused
        raise failure(f"download answered {response.status_code}", code=str(response.status_code))
    if int(response.headers.get("content-length", 0)) > MAX_FILE_BYTES:
        await response.aclose()
        raise Refused("the file is too large", code="too_large")
    told = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Download(media_type=expected_type if told in _UNTYPED else told, chunks=_chunks(response))


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    received = 0
    try:
        async for chunk in response.aiter_bytes():
            received += len(chunk)
            if received > MAX_FILE_BYTES:
                raise Refused("the file is too large", code="too_large")
            yield chunk
    except httpx.HTTPError as error:
        raise TemporarilyFailed(f"download broke off: {type(error).__name__}", code="network") from error
    finally:
        await response.aclose()


def _worth_retrying(status: int) -> bool:
    # 401 and 403 are the operator's to mend; the person's file is still there.
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (401, 403, 408, 425, 429)


def json_object(content: bytes) -> dict[str, object]:
    """The JSON object in a body; empty where there is none."""
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

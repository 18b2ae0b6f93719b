"""Media that we send: Twilio fetches it from the address in `MediaUrl`, after it has taken the message."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tests.fakes.twilio.errors import ApiError

_MB = 1024 * 1024
LARGEST = {
    "image/jpeg": 5 * _MB, "image/png": 5 * _MB, "image/webp": 100 * 1024, "application/pdf": 16 * _MB,
    "audio/ogg": 16 * _MB, "audio/mpeg": 16 * _MB, "audio/amr": 16 * _MB, "video/mp4": 16 * _MB,
}  # fmt: skip
"""What WhatsApp takes; a WebP is a sticker."""
NOT_DOWNLOADED, WRONG_TYPE = 63019, 12300
FETCH_SECONDS = 15


@dataclass(frozen=True)
class Fetched:
    """A file as it arrives on the telephone."""

    content: bytes
    media_type: str


def checked_addresses(addresses: Sequence[object], channel: str) -> tuple[str, ...]:
    """The addresses that will be fetched: WhatsApp carries one file, and the others are left out.

    Raises what Twilio answers at once.
    """
    urls = [str(address) for address in addresses]
    if urls and channel == "sms":
        raise ApiError(400, 21612, "The 'To' phone number cannot be reached by MMS from this number.")
    if any(urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname for url in urls):
        raise ApiError(400, 21620, "Invalid media URL(s)")
    return tuple(urls[:1])


async def fetched(http: httpx.AsyncClient, urls: Sequence[str]) -> tuple[list[Fetched], int]:
    """The files behind the addresses, or the code of the error with which the message fails."""
    files = []
    for url in urls:
        try:
            answer = await http.get(url, follow_redirects=True, timeout=FETCH_SECONDS)
        except httpx.HTTPError:
            return [], NOT_DOWNLOADED
        media_type = answer.headers.get("content-type", "").partition(";")[0]
        if not answer.is_success or len(answer.content) > LARGEST.get(media_type, 16 * _MB):
            return [], NOT_DOWNLOADED
        if media_type not in LARGEST:
            return [], WRONG_TYPE
        files.append(Fetched(answer.content, media_type))
    return files, 0

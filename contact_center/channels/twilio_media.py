"""Files behind Twilio's media addresses, fetched from Twilio and from nowhere else."""

import re
from urllib.parse import SplitResult, urlsplit

import httpx

from contact_center.channels.base import Download, Refused
from contact_center.channels.http import download_of, open_download
from contact_center.channels.twilio_client import TwilioClient

MAX_REDIRECTS = 3

_TWILIO = re.compile(r".+\.(twilio|twiliocdn)\.com")
_TWILIOS_STORE = re.compile(_TWILIO.pattern + r"|(.+\.)?s3[a-z0-9.-]*\.amazonaws\.com")
"""Media addresses redirect to Twilio's own network or to its bucket."""


async def fetch(client: TwilioClient, url: str, expected_type: str | None) -> Download:
    """Open the file. Raises a `SendError`: `Refused` where it is gone, too large, or not Twilio's."""
    allowed = _TWILIO
    for _ in range(MAX_REDIRECTS + 1):
        target = _split(url)
        if not _is_twilios(target, client.api_url, allowed):
            raise Refused("the media address is not Twilio's", code="foreign_address")
        response = await open_download(client.http, _request(client, url, target))
        if not response.has_redirect_location:
            return await download_of(response, expected_type)
        await response.aclose()
        url, allowed = str(response.url.join(response.headers["location"])), _TWILIOS_STORE
    raise Refused("the media address redirects without end", code="redirects")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is only noticed here
    except ValueError as error:
        raise Refused("the media address is malformed", code="foreign_address") from error
    return parts


def _is_twilios(target: SplitResult, api_url: str, hosts: re.Pattern[str]) -> bool:
    """The configured base itself, wherever that is; else only Twilio's hosts, by name and over TLS."""
    if _origin(target) == _origin(urlsplit(api_url)):
        return True
    return (
        target.scheme == "https"
        and target.port in (None, 443)
        and hosts.fullmatch(target.hostname or "") is not None
        and not target.username
    )


def _request(client: TwilioClient, url: str, target: SplitResult) -> httpx.Request:
    """A request that shows our credentials to the API only, never to where it redirects."""
    ours = _origin(target) == _origin(urlsplit(client.api_url)) or target.hostname == "api.twilio.com"
    request = client.http.build_request("GET", url)
    return next(client.auth.auth_flow(request)) if ours else request


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port

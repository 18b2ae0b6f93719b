"""Twilio's REST API: messages and content templates, over httpx so that its address can be set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from contact_center.channels.base import Ambiguous
from contact_center.channels.http import TIMEOUT, json_object, network_error
from contact_center.channels.twilio_errors import send_error

TEMPLATES_PER_PAGE = 500
UTILITY = "UTILITY"
"""WhatsApp's category for messages about something that a person has under way."""
UNSUBMITTED = "unsubmitted"


@dataclass(frozen=True)
class Approval:
    """A template's SID and what WhatsApp says of it: `approved`, `received`, `pending`, `rejected`, `paused`, …"""

    sid: str
    status: str


class TwilioClient:
    """One account. All methods raise a `SendError`."""

    def __init__(self, account_sid: str, auth_token: str, api_url: str) -> None:
        self.auth_token = auth_token
        self.auth = httpx.BasicAuth(account_sid, auth_token)
        self.api_url = api_url
        self.http = httpx.AsyncClient(timeout=TIMEOUT, limits=httpx.Limits(max_connections=64))
        account = f"{api_url}/2010-04-01/Accounts/{account_sid}"
        self._messages, self._calls = f"{account}/Messages.json", f"{account}/Calls"
        self._contents = f"{content_base(api_url)}/v1/Content"

    async def create_message(self, fields: dict[str, str]) -> str:
        """Send a message; returns its SID."""
        return _sid(await self._request("POST", self._messages, data=fields))

    async def redirect_call(self, sid: str, address: str) -> None:
        """Have a call that is in progress go on with the TwiML of an address, wherever it stands."""
        await self._request("POST", f"{self._calls}/{sid}.json", data={"Url": address, "Method": "POST"})

    async def create_content(self, definition: dict[str, object]) -> str:
        """Make a content template; returns its SID."""
        return _sid(await self._request("POST", self._contents, json=definition))

    async def content_sids(self) -> dict[str, str]:
        """The account's newest content templates: name → SID."""
        return {name: str(content["sid"]) for name, content in (await self._listed(self._contents)).items()}

    async def approvals(self) -> dict[str, Approval]:
        """The account's newest content templates with what WhatsApp says of them, by name."""
        contents = await self._listed(f"{self._contents}AndApprovals")
        return {name: Approval(str(content["sid"]), _status(content)) for name, content in contents.items()}

    async def request_approval(self, sid: str, name: str) -> str:
        """Hand a template in for WhatsApp's approval under a name; how it stands then."""
        wanted: dict[str, object] = {"name": name, "category": UTILITY}
        answer = await self._request("POST", f"{self._contents}/{sid}/ApprovalRequests/whatsapp", json=wanted)
        return str(json_object(answer.content).get("status") or "received")

    async def close(self) -> None:
        """Close connections."""
        await self.http.aclose()

    async def _listed(self, url: str) -> dict[str, Mapping[str, Any]]:
        """Content templates by their names, without what has no SID."""
        answer = await self._request("GET", url, params={"PageSize": TEMPLATES_PER_PAGE})
        contents = json_object(answer.content).get("contents")
        known = [content for content in contents if isinstance(content, dict)] if isinstance(contents, list) else []
        return {str(content.get("friendly_name")): content for content in known if content.get("sid")}

    async def _request(
        self,
        method: str,
        url: str,
        *,
        data: dict[str, str] | None = None,
        json: dict[str, object] | None = None,
        params: dict[str, int] | None = None,
    ) -> httpx.Response:
        try:
            response = await self.http.request(method, url, data=data, json=json, params=params, auth=self.auth)
        except httpx.HTTPError as error:
            raise network_error(error) from error
        if not response.is_success:
            raise send_error(response)
        return response


def content_base(api_url: str) -> str:
    """Where the Content API is: a host of its own at Twilio (`content.…`), the same base anywhere else."""
    host = urlsplit(api_url).hostname or ""
    if host.startswith("api.") and host.endswith(".twilio.com"):
        return api_url.replace("//api.", "//content.", 1)
    return api_url


def _status(content: Mapping[str, Any]) -> str:
    requested = content.get("approval_requests")
    return str(requested.get("status") or UNSUBMITTED) if isinstance(requested, dict) else UNSUBMITTED


def _sid(response: httpx.Response) -> str:
    sid = json_object(response.content).get("sid")
    if not isinstance(sid, str):
        raise Ambiguous("Twilio's answer has no SID", code="unreadable")
    return sid

"""WhatsApp's approved templates: what it takes outside the 24 hours after a person's last message.

A template is made as content and then handed in for approval, which takes WhatsApp minutes to a day:
https://www.twilio.com/docs/content/content-api-resources. Those of ours that are not there yet are handed in when they
are first needed, or all at once by `tawasul templates submit`.
"""

import asyncio
import time
from collections.abc import Mapping

import structlog

from contact_center.channels.base import Refused, Template
from contact_center.channels.twilio_client import UNSUBMITTED, Approval, TwilioClient

__all__ = ["APPROVED", "NOT_APPROVED", "UNSUBMITTED", "Approvals"]

APPROVED = "approved"
NOT_APPROVED = "template_not_approved"
LOOK_AGAIN_SECONDS = 300.0
_NO_SUCH_RESOURCE = {"20404", "404"}

log = structlog.get_logger()


class Approvals:
    """The account's templates of ours, and how far each has come."""

    def __init__(self, client: TwilioClient) -> None:
        self._client = client
        self._known: dict[str, Approval] = {}
        self._looked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def sid_of(self, template: Template) -> str:
        """The SID of a template that WhatsApp has approved.

        Raises `Refused` with the code `NOT_APPROVED` while it has not, and any other `SendError`.
        """
        if template.sid:
            return template.sid
        approval = await self.status_of(template)
        if approval.status != APPROVED:
            raise Refused(f"the template {template.name} is {approval.status}", code=NOT_APPROVED)
        return approval.sid

    async def status_of(self, template: Template) -> Approval:
        """How far a template has come; one that is not there is made and handed in. Raises a `SendError`."""
        async with self._lock:
            known = (await self._listed()).get(template.name)
            if known is None:
                known = self._known[template.name] = await self._hand_in(template)
            return known

    async def known(self) -> Mapping[str, Approval]:
        """What is there, by name. Raises a `SendError`."""
        async with self._lock:
            return await self._listed()

    def look_again(self) -> None:
        """Ask Twilio again: a template that we thought approved was refused."""
        self._looked_at = float("-inf")

    async def _listed(self) -> Mapping[str, Approval]:
        if time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self._known = await self._list()
            self._looked_at = time.monotonic()
        return self._known

    async def _list(self) -> dict[str, Approval]:
        try:
            return await self._client.approvals()
        except Refused as error:
            if error.code not in _NO_SUCH_RESOURCE:
                raise
        # A provider with Twilio's API but no approval of its own: what is there may be used.
        sids = await self._client.content_sids()
        return {name: Approval(sid, APPROVED) for name, sid in sids.items()}

    async def _hand_in(self, template: Template) -> Approval:
        sid = await self._client.create_content(
            {
                "friendly_name": template.name,
                "language": template.language,
                "variables": dict(template.samples),
                "types": {"twilio/text": {"body": template.body}},
            }
        )
        try:
            status = await self._client.request_approval(sid, template.name)
        except Refused as error:
            if error.code not in _NO_SUCH_RESOURCE:
                raise
            status = APPROVED
        log.info("template_handed_in", name=template.name, sid=sid, status=status)
        return Approval(sid, status)

"""Signed addresses: whoever is given one may fetch that one file, for 30 days, without signing in. Pure."""

import base64
import hmac
import re
import struct
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

VALID_FOR = timedelta(days=30)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{48}")
_CLAIM = struct.Struct(">16sI")
"""The attachment's id, and until when (Unix seconds)."""
_SIGNATURE_BYTES = 16


class FileLinks:
    """Makes and reads the addresses. They are short: most of an SMS is for words."""

    def __init__(self, secret_key: str, public_url: str | None) -> None:
        self._key = sha256(f"file links:{secret_key}".encode()).digest()
        self._public_url = public_url

    def address(self, attachment_id: UUID, at: datetime) -> str | None:
        """The file's address, valid for `VALID_FOR` from `at`; None without a public address."""
        return f"{self._public_url}/files/{self.token(attachment_id, at)}" if self._public_url else None

    def token(self, attachment_id: UUID, at: datetime) -> str:
        """The last part of the address."""
        claim = _CLAIM.pack(attachment_id.bytes, int((at + VALID_FOR).timestamp()))
        return base64.urlsafe_b64encode(claim + self._signature(claim)).decode()

    def attachment_of(self, token: str, at: datetime) -> UUID | None:
        """Which file a token opens at that moment; None for one that we did not make, or that has expired."""
        if not _TOKEN.fullmatch(token):
            return None
        signed = base64.urlsafe_b64decode(token)
        claim, signature = signed[: _CLAIM.size], signed[_CLAIM.size :]
        if not hmac.compare_digest(signature, self._signature(claim)):
            return None
        attachment, until = _CLAIM.unpack(claim)
        return UUID(bytes=attachment) if at.timestamp() <= until else None

    def _signature(self, claim: bytes) -> bytes:
        return hmac.digest(self._key, claim, "sha256")[:_SIGNATURE_BYTES]

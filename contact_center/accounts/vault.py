"""Secrets that we need again and that must not be read in the database or in a copy of it.

They are encrypted (Fernet: AES-128 and HMAC-SHA-256) with a key that is derived from the service's secret key, which
lives in the environment or in a file of its own, never in the database. Whoever gets hold of a dump can make no codes.
"""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contact_center.clock import now


class Unreadable(Exception):
    """What was to be opened is not ours, was changed, is too old, or was sealed with another secret key."""


class Vault:
    """Seals and opens text for one purpose; what is sealed for one cannot be opened for another."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=f"tawasul:{purpose}".encode()).derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """The text encrypted, as letters that fit a column or a cookie."""
        return self._fernet.encrypt_at_time(text.encode(), _seconds()).decode()

    def open(self, sealed: str, max_age: timedelta | None = None) -> str:
        """What was sealed, `max_age` ago at most. Raises `Unreadable`."""
        try:
            if max_age is None:
                return self._fernet.decrypt(sealed).decode()
            return self._fernet.decrypt_at_time(sealed, int(max_age.total_seconds()), _seconds()).decode()
        except (InvalidToken, ValueError) as error:
            raise Unreadable from error

    def seal_values(self, values: Mapping[str, str]) -> str:
        """Several texts by name, likewise."""
        return self.seal(json.dumps(values, ensure_ascii=False))

    def open_values(self, sealed: str, max_age: timedelta) -> dict[str, str]:
        """The same back. Raises `Unreadable`."""
        values: dict[str, str] = json.loads(self.open(sealed, max_age))
        return values


def _seconds() -> int:
    return int(now().timestamp())

"""Passwords: how they are kept, checked and made. Hashing takes tens of milliseconds: call it from a thread."""

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from contact_center.errors import InvalidInput

MIN_LENGTH = 12
MAX_LENGTH = 256
_HASHER = PasswordHasher()  # argon2id, with the parameters of RFC 9106's low-memory profile


def generate(groups: int = 5) -> str:
    """A random password of 19 bits a group that can be read out: `xxxx-xxxx-xxxx-xxxx-xxxx`, without look-alikes."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(groups))


def check_strength(password: str) -> None:
    """Raise `InvalidInput` for a password that is too short, or so long that hashing it would be an attack."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidInput(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters.")


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one that was hashed. None (no such account) is false, and takes as long to say."""
    try:
        _HASHER.verify(password_hash or _nobodys_hash(), password[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None and len(password) <= MAX_LENGTH


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))

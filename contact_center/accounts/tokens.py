"""Secrets that we hand out and later recognise; only their SHA-256 is kept. Pure, but for randomness."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: enough for random ones, which nobody can guess, unlike passwords."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

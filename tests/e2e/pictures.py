"""Photos as a phone takes them, drawn here so that none has to be kept in the repository."""

import secrets
import struct

JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def photo(size: int = 40_000) -> bytes:
    """A JPEG of about `size` bytes unlike any other: header, a comment of noise, frame, scan."""
    noise = b"".join(_comment(secrets.token_bytes(min(size - done, 60_000))) for done in range(0, size, 60_000))
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 960, 1280, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + JFIF + noise + frame + b"\xff\xda" + bytes(range(200)) + b"\xff\xd9"


def _comment(content: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(content) + 2) + content

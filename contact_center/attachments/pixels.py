"""How large a picture says it is: a small file that unfolds to gigabytes must not reach a colleague's screen. Pure."""

import struct
from collections.abc import Callable, Mapping

from contact_center.attachments.content_type import GIF, JPEG, PNG, WEBP, Content, ContentType

MAX_PIXELS = 250_000_000
"""Above what phones take (200 million)."""
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def pixels(content: Content, found: ContentType) -> int | None:
    """Width times height as the file's header says; None for other types and for a header without a size."""
    read = _READERS.get(found)
    try:
        size = read(content) if read else None
    except (struct.error, IndexError):
        return None
    return size[0] * size[1] if size else None


def _png(content: Content) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _gif(content: Content) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _webp(content: Content) -> tuple[int, int]:
    match content[12:16]:
        case b"VP8X":
            width, height = content[24:27], content[27:30]
            return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF


def _jpeg(content: Content) -> tuple[int, int] | None:
    """The size in the frame header, found by walking the segments before it."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        if marker == 0xFF or marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


_READERS: Mapping[ContentType, Callable[[Content], tuple[int, int] | None]] = {
    PNG: _png,
    GIF: _gif,
    WEBP: _webp,
    JPEG: _jpeg,
}

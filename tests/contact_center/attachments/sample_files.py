"""Small real files, built byte by byte, so that none has to be kept in the repository."""

import struct
import zlib


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG whose header says `width` by `height`."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(b"\x00\x00\x00" * 2)) + part(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, comment: bytes = b"") -> bytes:
    """The segments of a JPEG up to its frame header, with a comment before it."""
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return b"\xff\xd8" + jfif + said + frame + b"\xff\xda" + bytes(range(200)) + b"\xff\xd9"


def mp4(brand: bytes) -> bytes:
    """The first box of a file of that brand."""
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\x00\x00\x02\x00isommp41" + b"\x00" * 40


OGG_PAGE = b"OggS\x00\x02" + b"\x00" * 8 + b"\x01\x02\x03\x04" + b"\x00" * 4 + b"\xaa\xbb\xcc\xdd" + b"\x01\x13"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"

import io
import mmap
import struct
import wave
import zipfile
from pathlib import Path

import pytest
from sample_files import OGG_PAGE, PDF, jpeg, mp4, png

from contact_center.attachments import content_type
from contact_center.attachments.content_type import Content, detect, disguised
from contact_center.attachments.pixels import pixels


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(80))
    return file.getvalue()


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return file.getvalue()


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBP" + kind + struct.pack("<I", len(body)) + body


ALLOWED = [
    (jpeg(), "image/jpeg"),
    (png(), "image/png"),
    (b"GIF89a" + struct.pack("<HH", 2, 2) + bytes(10), "image/gif"),
    (webp(b"VP8 ", bytes(20)), "image/webp"),
    (mp4(b"heic"), "image/heic"),
    (mp4(b"mif1"), "image/heic"),
    (PDF, "application/pdf"),
    (OGG_PAGE + b"OpusHead\x01\x01" + bytes(40), "audio/ogg"),
    (OGG_PAGE + b"\x01vorbis" + bytes(40), "audio/ogg"),
    (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(40), "audio/mpeg"),
    (b"\xff\xfb\x90\x64" + bytes(40), "audio/mpeg"),
    (b"\xff\xf1\x50\x80" + bytes(40), "audio/aac"),
    (b"#!AMR\n" + bytes(40), "audio/amr"),
    (wav(), "audio/wav"),
    (mp4(b"M4A "), "audio/mp4"),
    (mp4(b"isom"), "video/mp4"),
    (mp4(b"mp42"), "video/mp4"),
    (mp4(b"qt  "), "video/quicktime"),
    (mp4(b"3gp4"), "video/3gpp"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(40), "video/webm"),
]

REFUSED = {
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "windows program": b"MZ\x90\x00" + bytes(100),
    "linux program": b"\x7fELF\x02\x01\x01" + bytes(100),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "zip": archive("a.txt"),
    "word": archive("[Content_Types].xml", "word/document.xml"),
    "text": "شكوى".encode(),
    "matroska": b"\x1aE\xdf\xa3\x93B\x82\x88matroska" + bytes(40),
    "unknown brand": mp4(b"evil"),
    "riff without a known form": b"RIFF\x00\x00\x00\x00AVI " + bytes(40),
    "ogg with something else in it": OGG_PAGE + b"\x80theora" + bytes(40),
    "a claim after the start": b"\n%PDF-1.7\n",
    "almost a jpeg": b"\xff\xd8\xfe",
    "one byte": b"\xff",
    "nothing": b"",
}


@pytest.mark.parametrize(("content", "media_type"), ALLOWED)
def test_what_people_send_is_known_by_its_bytes(content: bytes, media_type: str) -> None:
    found = detect(content)
    assert found is not None
    assert found.media_type == media_type
    assert not disguised(content, found)


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused(content: bytes) -> None:
    assert detect(content) is None


@pytest.mark.parametrize(
    "content",
    [
        jpeg(comment=b"<script>alert(1)</script>"),
        jpeg(comment=b"%PDF-1.7"),
        jpeg() + b"<!DOCTYPE html><html>",
        jpeg() + archive("META-INF/MANIFEST.MF", "Evil.class"),
        png() + bytes(100_000) + archive("a"),
        png() + b"< svg onload=alert(1)>",
        b"GIF89a" + struct.pack("<HH", 2, 2) + b"/*<?php system($_GET[0]);?>",
        PDF + archive("Evil.class"),
        wav() + b"<IFRAME src=x>",
    ],
)
def test_a_file_that_is_two_things_is_noticed(content: bytes) -> None:
    found = detect(content)
    assert found is not None
    assert disguised(content, found)


def test_ordinary_metadata_is_no_disguise() -> None:
    content = jpeg(comment=b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>')
    assert not disguised(content, content_type.JPEG)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(3, 4), 12),
        (png(100_000, 100_000), 10**10),
        (jpeg(5, 6), 30),
        (jpeg(65_535, 65_535, comment=b"x" * 500), 65_535**2),
        (b"GIF89a" + struct.pack("<HH", 7, 8) + bytes(10), 56),
        (webp(b"VP8X", b"\x00" * 4 + (9).to_bytes(3, "little") + (19).to_bytes(3, "little")), 200),
        (webp(b"VP8L", b"\x2f" + (99 | 49 << 14).to_bytes(4, "little") + bytes(9)), 5000),
        (webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 11, 12) + bytes(9)), 132),
        (PDF, None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0", None),
        (b"\xff\xd8\xff\xe0\x00\x00\xff", None),
        (b"\xff\xd8" + b"\xff" * 30, None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_header(content: bytes, size: int | None, tmp_path: Path) -> None:
    found = detect(content)
    assert found is not None
    assert pixels(content, found) == size
    assert pixels(mapped(content, tmp_path), found) == size


def mapped(content: bytes, directory: Path) -> Content:
    """The same bytes as the service reads them: from a file."""
    path = directory / "picture"
    path.write_bytes(content)
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

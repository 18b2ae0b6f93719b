"""What a file really is, by its bytes. Pure; nothing that anybody claims about a file is believed.

A short list of what people send from phones is allowed. Everything else is refused: SVG, HTML and scripts because a
browser runs them, programs, archives and Office files because they carry programs.
"""

import re
from dataclasses import dataclass
from mmap import mmap

Content = bytes | mmap


@dataclass(frozen=True)
class ContentType:
    """An allowed type and the extension that its files get."""

    media_type: str
    extension: str


JPEG = ContentType("image/jpeg", "jpg")
PNG = ContentType("image/png", "png")
GIF = ContentType("image/gif", "gif")
WEBP = ContentType("image/webp", "webp")
HEIC = ContentType("image/heic", "heic")
PDF = ContentType("application/pdf", "pdf")
OGG = ContentType("audio/ogg", "ogg")
MP3 = ContentType("audio/mpeg", "mp3")
AMR = ContentType("audio/amr", "amr")
WAV = ContentType("audio/wav", "wav")
AAC = ContentType("audio/aac", "aac")
M4A = ContentType("audio/mp4", "m4a")
MP4 = ContentType("video/mp4", "mp4")
QUICKTIME = ContentType("video/quicktime", "mov")
THREE_GP = ContentType("video/3gpp", "3gp")
WEBM = ContentType("video/webm", "webm")

_BY_START = (
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL), WEBP),
    (re.compile(rb"RIFF.{4}WAVE", re.DOTALL), WAV),
    (re.compile(rb"%PDF-[12]\.\d"), PDF),
    (re.compile(rb"OggS\x00.{23,280}?(?:OpusHead|\x01vorbis|Speex   )", re.DOTALL), OGG),
    (re.compile(rb"ID3[\x02-\x04].{6}", re.DOTALL), MP3),
    (re.compile(rb"\xff[\xfa\xfb\xf2\xf3\xe2\xe3][\x10-\xeb]"), MP3),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9][\x40-\xbf]"), AAC),
    (re.compile(rb"#!AMR(?:-WB)?\n"), AMR),
    (re.compile(rb"\x1aE\xdf\xa3.{1,60}?B\x82.webm", re.DOTALL), WEBM),
)
_BY_BRAND = (
    (re.compile(rb"hei[cxms]|hev[cmsx]|mif1|msf1"), HEIC),
    (re.compile(rb"M4[AB] "), M4A),
    (re.compile(rb"qt  "), QUICKTIME),
    (re.compile(rb"3g[pgrs2].?"), THREE_GP),
    (re.compile(rb"isom|iso[2-9a-c]|mp4[12v]|avc1|M4V |MSNV|dash|f4v |mmp4"), MP4),
)
_FTYP = re.compile(rb".{4}ftyp(.{4})", re.DOTALL)

_HEAD, _TAIL = 4096, 66_000
"""How far another format is looked for. A ZIP's directory ends within 65,557 bytes of the end."""
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_PDF_START = re.compile(rb"%PDF-[12]\.\d")


def detect(content: Content) -> ContentType | None:
    """The type of a file by its first bytes; None for anything that is not on the list."""
    head = content[:_HEAD]
    for start, found in _BY_START:
        if start.match(head):
            return found
    brand = _FTYP.match(head)
    if brand:
        return next((found for known, found in _BY_BRAND if known.fullmatch(brand[1])), None)
    return None


def disguised(content: Content, found: ContentType) -> bool:
    """Whether a file that starts as `found` is also something else: a web page, a PDF or an archive (a polyglot).

    Looks at the first 4 KB and the last 66 KB. What hides elsewhere is harmless as long as files are served under the
    type that was found, which they are.
    """
    head, tail = content[:_HEAD], content[-_TAIL:]
    if found is not PDF and (_MARKUP.search(head) or _MARKUP.search(tail[-_HEAD:])):
        return True
    if found is not PDF and _PDF_START.search(head):
        return True
    return _ZIP_END in tail

"""A person's data as one ZIP, made while it is sent: nothing of it is kept on the disk, and little in memory."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

CHUNK = 256 * 1024
DOCUMENT = "person.json"


class _Outgoing:
    """What `ZipFile` writes to: it cannot seek, and gives away what it has been given."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        """All that was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def archive(document: Mapping[str, Any], files: Sequence[tuple[str, Path]]) -> Iterator[bytes]:
    """The bytes of the archive: `person.json`, then the files under their names. A file that is gone is left out."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w") as made:  # type: ignore[call-overload]  # it asks for no more than `write` and `flush`
        text = json.dumps(document, ensure_ascii=False, indent=2)
        made.writestr(DOCUMENT, text, compress_type=ZIP_DEFLATED)
        yield outgoing.take()
        for name, path in files:
            yield from _file(made, outgoing, name, path)
    yield outgoing.take()


def _file(made: ZipFile, outgoing: _Outgoing, name: str, path: Path) -> Iterator[bytes]:
    """Photos and recordings do not grow smaller: they are stored as they are."""
    if not path.is_file():
        return
    info = ZipInfo(name)
    info.compress_type = ZIP_STORED
    with path.open("rb") as source, made.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield outgoing.take()

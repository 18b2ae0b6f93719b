"""What pages load, served under an address that changes with the files: a browser asks once for each version."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIRECTORY = Path(__file__).with_name("static")


@lru_cache(maxsize=1)
def version() -> str:
    """The hash of all files' names and contents."""
    digest = hashlib.sha256()
    for file in sorted(file for file in DIRECTORY.rglob("*") if file.is_file()):
        digest.update(str(file.relative_to(DIRECTORY)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


class VersionedFiles(StaticFiles):
    """The files, below `<version>/` and without it."""

    def __init__(self) -> None:
        """Their directory is known."""
        super().__init__(directory=DIRECTORY)

    def get_path(self, scope: Scope) -> str:
        """The file's path, relative to the directory."""
        return super().get_path(scope).removeprefix(f"{version()}/")

"""The assistant's models: each named by the hash of what it is made of, so that nothing is trained twice."""

import asyncio
import fcntl
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from contact_center.settings import ROOT

INGREDIENTS = ("config.yml", "domain.yml", "nlu_data", "bot/components", "bot/arabic", "bot/uv.lock")
KEPT = 2
NAME = re.compile(r"[0-9a-f]{16}\.tar\.gz")


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the data and configuration as they are now is, or will be."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def fingerprint(root: Path = ROOT) -> str:
    """16 hex digits over the names and contents of everything that decides the model; times do not count."""
    digest = hashlib.sha256()
    for file in sorted(_files(root)):
        digest.update(f"\0{file.relative_to(root).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def newest_model(root: Path = ROOT) -> Path | None:
    """The model trained last, whatever it was made of."""
    return max(_models(root / "models"), key=_age, default=None)


def prune(models: Path, keep: Path) -> None:
    """Remove all models but `keep` and the newest of the others."""
    others = sorted((model for model in _models(models) if model != keep), key=_age, reverse=True)
    for model in others[KEPT - 1 :]:
        model.unlink(missing_ok=True)


@asynccontextmanager
async def lock(models: Path) -> AsyncIterator[None]:
    """Hold the folder for training: two starts at once train one model, one after the other."""
    with (models / ".lock").open("w") as file:
        while not _locked(file.fileno()):  # noqa: ASYNC110 -- another process holds it: there is no event to wait for
            await asyncio.sleep(0.5)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _files(root: Path) -> Iterator[Path]:
    for ingredient in INGREDIENTS:
        path = root / ingredient
        yield from [path] if path.is_file() else (f for f in path.rglob("*") if f.is_file() and f.suffix != ".pyc")


def _models(models: Path) -> list[Path]:
    return [path for path in models.glob("*.tar.gz") if NAME.fullmatch(path.name)]


def _age(path: Path) -> float:
    return path.stat().st_mtime

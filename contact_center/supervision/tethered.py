"""Starting a process that reports to us through a pipe, leads a group of its own, and does not outlive us."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

TETHER = str(Path(__file__).with_name("tether.py"))


async def start(
    command: Sequence[str], environment: Mapping[str, str], directory: Path | None = None
) -> asyncio.subprocess.Process:
    """Start `command`; its output and errors come through `stdout`. Ctrl-C at the terminal does not reach it."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", TETHER, str(os.getpid()), *command),
        env=dict(environment),
        cwd=directory,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )


async def lines(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """What it writes, line by line, however long they are."""
    stream, rest = process.stdout, b""
    while stream and (chunk := await stream.read(1 << 16)):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace").rstrip()
    if rest:
        yield rest.decode(errors="replace").rstrip()


def kill_group(leader: int) -> None:
    """Kill a process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)

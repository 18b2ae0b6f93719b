"""Starting a process that reports to us through a pipe, leads a group of its own, and does not outlive us."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TETHER = str(Path(__file__).with_name("tether.py"))
CHUNK = 1 << 16


@dataclass(frozen=True)
class Tethered:
    """A running process and the end of the pipe that its output and errors come through."""

    process: asyncio.subprocess.Process
    output: asyncio.StreamReader

    async def lines(self) -> AsyncIterator[str]:
        """What it and whatever it started write, line by line, however long they are."""
        rest = b""
        while chunk := await self.output.read(CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode(errors="replace").rstrip()
        if rest:
            yield rest.decode(errors="replace").rstrip()

    def kill_group(self) -> None:
        """Kill it and all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


async def start(command: Sequence[str], environment: Mapping[str, str], directory: Path | None = None) -> Tethered:
    """Start `command`. Ctrl-C at the terminal does not reach it."""
    # A pipe of our own: asyncio's would hold back the news of its end for as long as anybody else writes to it.
    read_end, write_end = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", TETHER, str(os.getpid()), *command),
            env=dict(environment),
            cwd=directory,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=write_end,
            stderr=write_end,
            start_new_session=True,
        )
    finally:
        os.close(write_end)
    output = asyncio.StreamReader()
    pipe = os.fdopen(read_end, "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(output), pipe)
    return Tethered(process, output)

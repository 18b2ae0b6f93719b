"""One supervised process: started, its lines passed on, started again when it dies, stopped."""

import asyncio
import contextlib
import re
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from contact_center.errors import TawasulError
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.tethered import Tethered, start

BACKOFF_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
STEADY_SECONDS = 60.0
"""After running for so long, a process that dies is started again as if for the first time."""
POLL_SECONDS = 0.1
PATIENCE = 3
"""How often a process that others wait for may end before it was ever ready."""


@dataclass(frozen=True)
class Process:
    """What is run, and how one sees that it is ready: `ready_at` answers 200, or a line matches `ready_line`."""

    name: str
    command: tuple[str, ...]
    colour: str = "default"
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path | None = None
    ready_at: str | None = None
    ready_line: str | None = None
    stops: int = 0
    """Processes with a lower number are stopped before those with a higher one."""
    grace_seconds: float = 8.0
    """How long it may take to end before it is killed."""
    in_good_order: bool = False
    """Whether it is left its time to end even when somebody is in a hurry."""


class NeverReady(TawasulError):
    """A process that everything else waits for ended again and again instead of becoming ready."""

    code = "never_ready"


class Child:
    """A `Process` that is kept running until `stop`."""

    def __init__(
        self,
        process: Process,
        terminal: Terminal,
        *,
        backoff: tuple[float, ...] = BACKOFF_SECONDS,
        steady: float = STEADY_SECONDS,
    ) -> None:
        self.process = process
        self.ready = asyncio.Event()
        self._ready_line: re.Match[str] | None = None
        self._terminal = terminal
        self._backoff = backoff
        self._steady = steady
        self._stopping = asyncio.Event()
        self._decided = asyncio.Event()
        self._running: Tethered | None = None
        self._task = asyncio.create_task(self._keep_running())

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._running.process.pid if self._running else None

    async def ready_line(self) -> re.Match[str]:
        """Wait for the first line that shows it ready. Raises `NeverReady`."""
        await self._decided.wait()
        if self._ready_line is None:
            raise NeverReady(f"{self.process.name} does not start; what it said is above.")
        return self._ready_line

    async def stop(self) -> None:
        """End it: SIGTERM, and SIGKILL to its whole group after the grace period."""
        self._stopping.set()
        self._signal(signal.SIGTERM)
        _, late = await asyncio.wait({self._task}, timeout=self.process.grace_seconds)
        if late:
            self._terminal.say(f"{self.process.name} does not end: killed.", style="yellow")
            self.kill()
        await self._task

    def kill(self) -> None:
        """End it and everything that it started, at once."""
        self._stopping.set()
        if self._running:
            self._running.kill_group()

    def _signal(self, number: signal.Signals) -> None:
        if self._running and self._running.process.returncode is None:
            self._running.process.send_signal(number)

    async def _keep_running(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                how = await self._run_once()
            except OSError as error:
                how = f"cannot be started ({error.strerror})"
            if self._stopping.is_set():
                return
            failures = 0 if time.monotonic() - started >= self._steady else failures
            wait = self._backoff[min(failures, len(self._backoff) - 1)]
            failures += 1
            if failures == PATIENCE:
                self._decided.set()
            self._terminal.say(f"{self.process.name} {how}; it is started again in {wait:g} s.", style="yellow")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def _run_once(self) -> str:
        """Run it to its end; says how it ended."""
        started = time.monotonic()
        process = self.process
        self._running = running = await start(process.command, process.environment, process.directory)
        if self._stopping.is_set():
            self._signal(signal.SIGTERM)
        passing_on = asyncio.create_task(self._pass_on_lines(running))
        becoming_ready = asyncio.create_task(self._wait_until_ready(started))
        try:
            code = await running.process.wait()
        finally:
            running.kill_group()  # what it started dies with it, and frees its port
            self.ready.clear()
            becoming_ready.cancel()
            await asyncio.wait({passing_on, becoming_ready}, timeout=1)
        return f"ended with code {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"

    async def _pass_on_lines(self, running: Tethered) -> None:
        async for line in running.lines():
            if self.process.ready_line and (found := re.search(self.process.ready_line, line)):
                self._found(found)
            if line:
                self._terminal.line(self.process.name, self.process.colour, line)

    def _found(self, ready_line: re.Match[str]) -> None:
        self._ready_line = self._ready_line or ready_line
        self._decided.set()
        self.ready.set()

    async def _wait_until_ready(self, started: float) -> None:
        if self.process.ready_at:
            await _until_it_answers(self.process.ready_at)
            self.ready.set()
        await self.ready.wait()
        self._terminal.say(f"{self.process.name} is ready after {time.monotonic() - started:.1f} s.", style="green")


async def _until_it_answers(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(url)).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(POLL_SECONDS)

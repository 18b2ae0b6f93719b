"""The whole system, started as a user starts it, with Telegram and Twilio stood in for."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.fakes.telegram import TelegramServer
from tests.fakes.twilio import TwilioServer

TAWASUL = str(Path(sys.executable).with_name("tawasul"))
READY_SECONDS = 300
STOP_SECONDS = 45
WHATSAPP_NUMBER = "+97380008001"
SMS_NUMBER = "+97380008001"


@dataclass
class System:
    """A running system. `http` speaks to its web process; `key` is an API key of its own."""

    url: str
    rasa_url: str
    telegram: TelegramServer
    twilio: TwilioServer
    environment: dict[str, str]
    process: asyncio.subprocess.Process
    output: list[str] = field(default_factory=list)
    key: str = ""
    admin: tuple[str, str] = ("", "")
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=60))

    @property
    def api(self) -> dict[str, str]:
        """The header that an API call carries."""
        return {"Authorization": f"Bearer {self.key}"}

    async def tawasul(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a `tawasul` command beside the running system; its standard output. Raises where it fails."""
        process = await asyncio.create_subprocess_exec(
            TAWASUL,
            *arguments,
            env=self.environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, error = await asyncio.wait_for(process.communicate((stdin or "").encode()), 120)
        if process.returncode:
            raise AssertionError(f"tawasul {' '.join(arguments)} ended with {process.returncode}: {error.decode()}")
        return out.decode()

    def pid(self, name: str) -> int:
        """The process id of one of the supervised processes, as the system itself said when it started it."""
        found = [int(match[1]) for line in self.output if (match := re.search(rf"\b{name}\b.*\bpid (\d+)", line))]
        if not found:
            raise AssertionError(f"no process {name} was announced")
        return found[-1]

    async def said(self, words: str, seconds: float = READY_SECONDS, after: int = 0) -> str:
        """Wait for a line of the system's output that holds `words`, from line number `after` on."""
        async with asyncio.timeout(seconds):
            while True:
                for line in self.output[after:]:
                    if words in line:
                        return line
                if self.process.returncode is not None:
                    raise AssertionError("the system ended:\n" + "\n".join(self.output[-40:]))
                await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def running(data_dir: Path, **settings: str) -> AsyncIterator[System]:
    """`tawasul up` on free ports, ready, for as long as the block lasts."""
    async with TelegramServer.running() as telegram, TwilioServer.running() as twilio:
        web, rasa, actions = free_ports(3)
        url = f"http://127.0.0.1:{web}"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TAWASUL_")},
            "TAWASUL_DATA_DIR": str(data_dir),
            "TAWASUL_PORT": str(web),
            "TAWASUL_PUBLIC_URL": url,
            "TAWASUL_RASA_URL": f"http://127.0.0.1:{rasa}",
            "TAWASUL_ACTIONS_URL": f"http://127.0.0.1:{actions}",
            "TAWASUL_TELEGRAM_TOKEN": telegram.token,
            "TAWASUL_TELEGRAM_API_URL": telegram.url,
            "TAWASUL_TWILIO_ACCOUNT_SID": twilio.account_sid,
            "TAWASUL_TWILIO_AUTH_TOKEN": twilio.auth_token,
            "TAWASUL_TWILIO_API_URL": twilio.url,
            "TAWASUL_WHATSAPP_NUMBER": WHATSAPP_NUMBER,
            "TAWASUL_SMS_NUMBER": SMS_NUMBER,
            **settings,
        }
        process = await asyncio.create_subprocess_exec(
            TAWASUL,
            "up",
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            limit=1 << 20,
        )
        system = System(url, environment["TAWASUL_RASA_URL"], telegram, twilio, environment, process)
        reading = asyncio.create_task(_read(process, system.output))
        try:
            await system.said("Everything is ready")
            system.key = (await system.tawasul("keys", "create", "e2e")).split()[-1]
            system.admin = _admin(system.output)
            yield system
        finally:
            await system.http.aclose()
            await stop(process)
            await reading


async def stop(process: asyncio.subprocess.Process) -> None:
    """Ctrl-C for the whole group, as a terminal sends it; whatever outlives the promised time is a failure."""
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGINT)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        raise


async def _read(process: asyncio.subprocess.Process, lines: list[str]) -> None:
    if process.stdout is None:
        return
    async for line in process.stdout:
        lines.append(line.decode(errors="replace").rstrip())


def _admin(lines: list[str]) -> tuple[str, str]:
    match = re.search(r"Sign in to the console as (\S+) with the password (\S+)", "\n".join(lines))
    if match is None:
        raise AssertionError("the first administrator was not announced")
    return match[1], match[2]


def free_ports(number: int) -> list[int]:
    """Ports on loopback that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [int(one.getsockname()[1]) for one in sockets]

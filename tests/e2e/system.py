"""The whole system, started as a user starts it, with Telegram and Twilio stood in for."""

import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from tests.fakes.telegram import TelegramServer
from tests.fakes.twilio import TwilioServer
from tests.ports import claimed_port

TAWASUL = str(Path(sys.executable).with_name("tawasul"))
READY_SECONDS = 300
STOP_SECONDS = 45
_BUSY_AND_NEWEST = """
    SELECT EXISTS (SELECT FROM inbox_messages m WHERE m.conversation_id = c.id AND m.status = 'received')
        OR EXISTS (SELECT FROM outbox_messages m WHERE m.conversation_id = c.id
                   AND m.status IN ('queued', 'sending') AND m.send_after IS NULL) AS busy,
        (SELECT coalesce(max(m.id), 0) FROM outbox_messages m WHERE m.conversation_id = c.id) AS newest
    FROM conversations c WHERE c.channel = %s AND c.address = %s
"""
COMMANDS = {
    "web": "tawasul web",
    "worker": "tawasul worker",
    "actions": "rasa_sdk --actions",
    "assistant": "rasa run",
    "database": "supervision.postgres",
}
"""What each supervised process is known by: part of its command line."""


@dataclass
class System:
    """A running system. `http` speaks to its web process; `key` is an API key of its own."""

    url: str
    telegram: TelegramServer
    twilio: TwilioServer
    environment: dict[str, str]
    process: asyncio.subprocess.Process
    output: list[str] = field(default_factory=list)
    key: str = ""
    kills: list[tuple[str, int]] = field(default_factory=list)
    """Which processes were killed, and how many lines had been printed by then."""
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=60))
    _database: psycopg.AsyncConnection[tuple[bool, int]] | None = None

    @property
    def api(self) -> dict[str, str]:
        """The header that an API call carries."""
        return {"Authorization": f"Bearer {self.key}"}

    @property
    def data_dir(self) -> Path:
        """Where it keeps everything."""
        return Path(self.environment["TAWASUL_DATA_DIR"])

    @property
    def admin(self) -> tuple[str, str]:
        """The first administrator's name and password, as printed at the first start."""
        match = re.search(r"Sign in to the console as (\S+) with the password (\S+)", "\n".join(self.output))
        if match is None:
            raise AssertionError("the first administrator was not announced")
        return match[1], match[2]

    @property
    def database_url(self) -> str:
        """The embedded server's address, as printed at the start."""
        match = re.search(r"listening on (\S+)", "\n".join(self.output))
        if match is None:
            raise AssertionError("the database was not announced")
        return match[1]

    async def tawasul(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a `tawasul` command beside the running system; its standard output. Raises where it fails."""
        code, out, error = await run_tawasul(self.environment, *arguments, stdin=stdin)
        if code:
            raise AssertionError(f"tawasul {' '.join(arguments)} ended with {code}: {error}")
        return out

    async def case(self, reference: str) -> dict[str, Any]:
        """A case, whole."""
        return dict((await self._get(f"cases/{reference}")).raise_for_status().json())

    async def cases(self) -> list[dict[str, Any]]:
        """All cases, newest first."""
        found: list[dict[str, Any]] = []
        after: str | None = ""
        while after is not None:
            page = (await self._get("cases", limit="100", **({"after": after} if after else {}))).raise_for_status()
            found, after = [*found, *page.json()["cases"]], page.json()["next"]
        return found

    async def state(self, channel: str, address: str) -> dict[str, Any]:
        """What the API says of a conversation; `{"expects": None, "draft": {}}` before its first message."""
        answer = await self._get("conversations", channel=channel, address=address)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return {"expects": None, "draft": {}}
        return dict(answer.raise_for_status().json())

    async def _get(self, what: str, **query: str) -> httpx.Response:
        """What the API answers; waits for a web process that is just coming back."""
        async with asyncio.timeout(60):
            while True:
                try:
                    return await self.http.get(f"{self.url}/api/v1/{what}", params=query, headers=self.api)
                except httpx.TransportError:
                    await asyncio.sleep(0.2)

    async def last_said(self, channel: str, address: str) -> int | None:
        """The id of the last that a person was told, all they wrote being answered and sent; None before that."""
        try:
            if self._database is None or self._database.closed:
                self._database = await psycopg.AsyncConnection.connect(self.database_url, autocommit=True)
            found = await (await self._database.execute(_BUSY_AND_NEWEST, (channel, address))).fetchone()
        except psycopg.OperationalError:  # it is being started again
            return None
        return None if found is None or found[0] else found[1]

    async def close(self) -> None:
        """Let go of connections."""
        await self.http.aclose()
        if self._database:
            await self._database.close()

    def supervised(self, name: str) -> psutil.Process:
        """One of the supervised processes as it runs now. Raises where it does not."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if COMMANDS[name] in " ".join(child.cmdline()):
                    return child
        raise AssertionError(f"{name} does not run")

    def kill(self, name: str) -> int:
        """`kill -9` for one of the supervised processes; the number of lines that the system had printed by then."""
        printed = len(self.output)
        self.kills.append((name, printed))
        self.supervised(name).kill()
        return printed

    def was_down(self, printed: int) -> bool:
        """Whether, when so many lines had been printed, a process that was killed before or since was not ready."""
        return any(
            not any(f"{name} is ready" in line for line in self.output[killed:printed]) for name, killed in self.kills
        )

    @contextlib.contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """One of the supervised processes stopped while the block lasts: it neither works nor refuses."""
        process = self.supervised(name)
        whole = [process, *(child for child in process.children(recursive=True) if child.name() != "postgres")]
        for part in whole:
            part.suspend()
        try:
            yield
        finally:
            for part in whole:
                part.resume()

    async def said(self, words: str, seconds: float = READY_SECONDS, after: int = 0) -> str:
        """Wait for a line of the system's output that holds `words`, from line number `after` on."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    for line in self.output[after:]:
                        if words in line:
                            return line
                    if self.process.returncode is not None:
                        raise AssertionError("the system ended:\n" + "\n".join(self.output[-40:]))
                    await asyncio.sleep(0.05)
        raise AssertionError(f"{words!r} was not said in {seconds:g} s:\n" + "\n".join(self.output[after:][-40:]))


@contextlib.asynccontextmanager
async def running_anew(**settings: str) -> AsyncIterator[System]:
    """`running` on a directory of its own, which goes with it.

    Not one of pytest's: another run closes those to the user that PostgreSQL runs as.
    """
    with tempfile.TemporaryDirectory(prefix="tawasul-", ignore_cleanup_errors=True) as directory:
        async with running(Path(directory), **settings) as system:
            yield system


@contextlib.asynccontextmanager
async def running(data_dir: Path, **settings: str) -> AsyncIterator[System]:
    """`tawasul up` on free ports, ready, for as long as the block lasts."""
    web, rasa, actions = claimed_port(), claimed_port(), claimed_port()
    url = f"http://127.0.0.1:{web}"
    async with TelegramServer.running() as telegram, TwilioServer.running(url) as twilio:
        environment = {
            **without_settings(os.environ),
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
            "TAWASUL_WHATSAPP_NUMBER": twilio.whatsapp_number,
            "TAWASUL_SMS_NUMBER": twilio.sms_number,
            "TAWASUL_GATHER_SECONDS": "0",  # a test's citizen says one thing at a time, and does not wait
            **settings,
        }
        process = await _start(environment)
        system = System(url, telegram, twilio, environment, process)
        reading = asyncio.create_task(_read(process, system.output))
        try:
            await system.said("Everything is ready")
            system.key = (await system.tawasul("keys", "create", "e2e")).split()[-1]
            yield system
        finally:
            await system.close()
            await stop(process)
            await reading
            assert left_behind(data_dir) == []


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


def left_behind(data_dir: Path) -> list[str]:
    """The command lines of processes that still carry this data directory in their environment."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get("TAWASUL_DATA_DIR") == str(data_dir):
                found.append(" ".join(process.cmdline()))
    return found


async def run_tawasul(
    environment: Mapping[str, str], *arguments: str, stdin: str | None = None, seconds: float = 120
) -> tuple[int, str, str]:
    """Run a `tawasul` command to its end; its code, output and errors."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        TAWASUL, *arguments, env=dict(environment), stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        out, error = await asyncio.wait_for(process.communicate((stdin or "").encode()), seconds)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode or 0, out.decode(), error.decode()


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without any setting of ours."""
    return {name: value for name, value in environment.items() if not name.startswith("TAWASUL_")}


async def _start(environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        TAWASUL,
        "up",
        env=dict(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        limit=1 << 20,
    )


async def _read(process: asyncio.subprocess.Process, lines: list[str]) -> None:
    if process.stdout is None:
        return
    async for line in process.stdout:
        lines.append(line.decode(errors="replace").rstrip())

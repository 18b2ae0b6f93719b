"""One supervised process: restarts, back-off, readiness, and a clean end, with real processes."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from contact_center.supervision.child import Child, NeverReady, Process
from contact_center.supervision.terminal import Terminal
from contact_center.supervision.tethered import TETHER
from tests.ports import claimed_port

Python = Callable[..., Process]
SLEEP = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


async def eventually(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until `condition` holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 -- the world has no event
            await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


async def test_its_lines_come_under_its_name(terminal: Terminal, python: Python) -> None:
    child = Child(python("print('first'); print('x' * 200_000)"), terminal, backoff=(60,))
    await eventually(lambda: "ended with code 0" in terminal.text)
    await child.stop()
    assert "small     | first\n" in terminal.text
    assert "x" * 200_000 in terminal.text


async def test_dead_it_is_started_again_with_back_off_and_said_so(terminal: Terminal, python: Python) -> None:
    child = Child(python("import sys; sys.exit(3)"), terminal, backoff=(0.05, 0.1, 0.2))
    await eventually(lambda: terminal.text.count("ended with code 3") == 4)
    await child.stop()
    waits = [line.split("again in ")[1].split(" ")[0] for line in terminal.text.splitlines() if "again in" in line]
    assert waits[:4] == ["0.05", "0.1", "0.2", "0.2"]


async def test_back_off_begins_anew_after_a_steady_time(terminal: Terminal, python: Python) -> None:
    child = Child(python("import time; time.sleep(0.3)"), terminal, backoff=(0.01, 60), steady=0.2)
    await eventually(lambda: terminal.text.count("started again in 0.01 s") == 3)
    await child.stop()


async def test_killed_outright_it_comes_back_as_another_process(terminal: Terminal, python: Python) -> None:
    child = Child(python(SLEEP, ready_line="^up$"), terminal, backoff=(0.05,))
    await child.ready.wait()
    first = child.pid
    assert first
    os.kill(first, signal.SIGKILL)
    await eventually(lambda: not child.ready.is_set())
    await child.ready.wait()
    assert child.pid != first
    assert "was ended by SIGKILL" in terminal.text
    await child.stop()


async def test_what_it_started_dies_with_it(terminal: Terminal, python: Python) -> None:
    code = (
        "import subprocess, sys, time\n"
        f"print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}]).pid, flush=True)\n"
        "time.sleep(600)"
    )
    child = Child(python(code, ready_line="^up$"), terminal, backoff=(60,))
    await child.ready.wait()
    grandchild = int(terminal.text.split("| ")[1].split("\n")[0])
    assert lives(grandchild)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    await eventually(lambda: not lives(grandchild))
    await child.stop()


async def test_ready_when_its_address_answers_200(terminal: Terminal, python: Python) -> None:
    port = claimed_port()
    code = (
        "import http.server, time\n"
        "class H(http.server.SimpleHTTPRequestHandler):\n"
        "  def do_GET(self):\n"
        "    self.send_response(200 if time.monotonic() > start + 0.5 else 503); self.end_headers()\n"
        "start = time.monotonic()\n"
        f"http.server.HTTPServer(('127.0.0.1', {port}), H).serve_forever()"
    )
    started = time.monotonic()
    child = Child(python(code, ready_at=f"http://127.0.0.1:{port}/"), terminal)
    await asyncio.wait_for(child.ready.wait(), 10)
    assert time.monotonic() - started > 0.5
    await child.stop()
    assert "small is ready after" in terminal.text


async def test_a_stop_is_no_failure(terminal: Terminal, python: Python) -> None:
    child = Child(python(SLEEP, ready_line="^up$"), terminal)
    await child.ready.wait()
    pid = child.pid
    assert pid
    await child.stop()
    assert not lives(pid)
    assert "again" not in terminal.text


async def test_one_that_does_not_end_is_killed_after_its_grace(terminal: Terminal, python: Python) -> None:
    child = Child(python(STUBBORN, ready_line="^up$", grace_seconds=0.3), terminal)
    await child.ready.wait()
    pid = child.pid
    assert pid
    await child.stop()
    assert not lives(pid)
    assert "does not end: killed" in terminal.text


async def test_stopped_while_it_waits_for_its_next_try(terminal: Terminal, python: Python) -> None:
    child = Child(python("raise SystemExit(1)"), terminal, backoff=(60,))
    await eventually(lambda: "again in 60 s" in terminal.text)
    await asyncio.wait_for(child.stop(), 1)


async def test_a_missing_program_is_said(terminal: Terminal) -> None:
    child = Child(Process(name="gone", command=("/nonexistent/program",)), terminal, backoff=(60,))
    await eventually(lambda: "ended with code 1" in terminal.text)
    assert "/nonexistent/program: No such file or directory" in terminal.text
    await child.stop()


def test_a_tethered_process_does_not_outlive_its_parent(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    code = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-I', '-S', {TETHER!r}, str(os.getpid()), 'sleep', '600'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 10
    while not (noted.exists() and noted.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    pid = int(noted.read_text())
    while psutil.Process(pid).name() != "sleep" and time.monotonic() < deadline:
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not lives(pid)


async def test_whoever_waits_for_one_that_never_becomes_ready_is_told(terminal: Terminal, python: Python) -> None:
    child = Child(python("raise SystemExit(1)", ready_line="^up$"), terminal, backoff=(0.05,))
    with pytest.raises(NeverReady, match="small does not start; what it said is above"):
        await asyncio.wait_for(child.ready_line(), 10)
    await child.stop()


async def test_one_that_needs_a_second_try_is_waited_for(terminal: Terminal, python: Python, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    code = (
        f"import pathlib, time; tried = pathlib.Path({str(tried)!r})\n"
        "if not tried.exists(): tried.touch(); raise SystemExit(1)\n"
        "print('up', flush=True); time.sleep(600)"
    )
    child = Child(python(code, ready_line="^(up)$"), terminal, backoff=(0.05,))
    assert (await asyncio.wait_for(child.ready_line(), 10))[1] == "up"
    await child.stop()

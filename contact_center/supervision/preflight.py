"""What must hold before anything is started: nobody else on the data directory, free ports, room on the disk."""

import contextlib
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from contact_center.accounts.first_steps import roles_named
from contact_center.accounts.openid import open_provider
from contact_center.errors import TawasulError
from contact_center.settings import Settings

ROOM_BYTES = 300_000_000
"""A new database with its first log segments, a model, and some days of use."""
MARK = "TAWASUL_SUPERVISED"
"""In the environment of every process that the supervisor starts: the data directory it belongs to."""
PATIENCE_SECONDS = 8.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class CannotStart(TawasulError):
    """Something is in the way; the sentence says what to do."""

    code = "cannot_start"


@contextlib.contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data directory for this process. The lock ends with the process, however that ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        file = (data_dir / "up.lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"{data_dir} cannot be written to ({error.strerror}): name another folder in TAWASUL_DATA_DIR."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise CannotStart(
                f"Tawasul already runs on {data_dir} (process {file.read().strip() or 'unknown'}): "
                "stop that one first, or name another folder in TAWASUL_DATA_DIR and other ports."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def end_leftovers(data_dir: Path) -> int:
    """End processes of an earlier supervisor of this directory that was killed; how many there were."""
    leftovers = [process for process in psutil.process_iter() if _environment(process).get(MARK) == str(data_dir)]
    for process in leftovers:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in psutil.wait_procs(leftovers, timeout=PATIENCE_SECONDS)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    return len(leftovers)


def check_sign_in(settings: Settings) -> None:
    """Raise a `TawasulError` for settings of how staff sign in that cannot be: the web process would not start."""
    roles_named(settings.require_two_factor)
    open_provider(settings)


def check_room(data_dir: Path) -> None:
    """Raise `CannotStart` where the disk under the data directory is as good as full."""
    free = shutil.disk_usage(data_dir).free
    if free < ROOM_BYTES:
        raise CannotStart(
            f"The disk under {data_dir} has {free // 1_000_000} MB free, and {ROOM_BYTES // 1_000_000} MB are needed: "
            "free some, or name a folder on another disk in TAWASUL_DATA_DIR."
        )


def check_ports(addresses: Mapping[str, tuple[str, int]]) -> None:
    """Raise `CannotStart` for the first address that is taken; `addresses` by the setting that decides each."""
    seen: dict[int, str] = {}
    for setting, (host, port) in addresses.items():
        if port in seen:
            raise CannotStart(f"{seen[port]} and {setting} name the same port, {port}: change one of them.")
        seen[port] = setting
        if not _is_free(host, port):
            raise CannotStart(
                f"Port {port} is taken{_by_whom(port)}: stop that program, or choose another port in {setting}."
            )


def addresses(settings: Settings) -> dict[str, tuple[str, int]]:
    """Where our processes will listen, by the setting that decides it; raises `CannotStart` for another machine's."""
    inside = {"TAWASUL_RASA_URL": settings.rasa_url, "TAWASUL_ACTIONS_URL": settings.actions_url}
    for setting, url in inside.items():
        if address_of(url)[0] not in LOOPBACK:
            raise CannotStart(
                f"{setting} is {url}, but `tawasul up` starts everything on this machine's loopback address: "
                "leave the setting empty, or start the processes one by one (`tawasul --help`)."
            )
    everywhere = ("0.0.0.0", settings.port)  # noqa: S104 -- citizens and staff reach the pages from elsewhere
    return {"TAWASUL_PORT": everywhere} | {setting: address_of(url) for setting, url in inside.items()}


def address_of(url: str) -> tuple[str, int]:
    """Host and port of an address like `http://127.0.0.1:5005`."""
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise CannotStart(f"{url} has no usable port.") from error
    if not parts.hostname:
        raise CannotStart(f"{url} is not an address like http://127.0.0.1:5005.")
    return parts.hostname, port


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CannotStart(f"{host} is not a name that this machine knows.") from error
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise CannotStart(f"Port {port} needs more rights than this user has: choose one above 1023.") from error
        except OSError:
            return False
    return True


def _by_whom(port: int) -> str:
    """` by … (process …)`, where this user may know."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and tuple(connection.laddr)[1:] == (port,) and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        return process.environ()
    except (psutil.Error, OSError):
        return {}

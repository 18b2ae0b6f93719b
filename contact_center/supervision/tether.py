"""Run as a script, `python tether.py PARENT COMMAND…`: becomes the command, which ends when process PARENT does.

So a supervisor that is killed outright leaves nobody behind (Linux; elsewhere the next start cleans up).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask the kernel for SIGTERM at the parent's death, then become the command."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):  # it died before we asked
            sys.exit(1)
    try:
        os.execvp(command[0], command)  # noqa: S606 -- the supervisor's own command, no shell
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main()

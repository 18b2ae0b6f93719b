"""Ports for the servers that tests start as processes of their own.

Asking the system for any free port and letting go of it again leaves it to whoever asks next, which with several tests
at a time is one of them. A port from here is nobody else's for as long as this process lives.
"""

import contextlib
import random
import socket

# Below the ports that systems give out by themselves (from 32768 on Linux, from 49152 elsewhere), to servers at port 0
# as to outgoing connections.
_OURS = range(20_000, 32_000)
_claims: list[socket.socket] = []


def claimed_port() -> int:
    """A TCP port on loopback that nobody listens on, and that no other process of the tests is given.

    The claim is the UDP port of the same number, which nothing here uses: the system lets one process have it, and
    takes it back when that ends, however it ends.
    """
    for port in random.sample(_OURS, len(_OURS)):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                claim.bind(("127.0.0.1", port))
            except OSError:
                claim.close()
                raise
            _claims.append(claim)
            return port
    raise RuntimeError("no port is free")

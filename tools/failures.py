"""What can be in the way of the set-up, each as one sentence that says what to do."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

ROOM_FOR_AN_ENVIRONMENT = 1_000_000_000
"""Bytes: the larger environment as installed, and what is unpacked on the way."""

REASONS = (
    (
        r"no space left|os error 28|errno 28|disk quota",
        "{what} needs more room than the disk has: free about 2 GB and try again.",
    ),
    (
        r"permission denied|read-only file system|errno 13|errno 30|os error 13|os error 30",
        "{what} may not write to this folder: check its owner and rights, then try again.",
    ),
    (
        r"certificate",
        "{what} met a certificate that this machine does not trust: name the file of your network's certificate "
        "authority in SSL_CERT_FILE and try again.",
    ),
    (
        r"name resolution|dns error|network is unreachable|could not connect|connection refused|connection error"
        r"|error sending request|failed to establish|timed out|tunnel|name or service not known|no route to host",
        "{what} needs the network, which was not reached: check the connection (or the proxy) and try again.",
    ),
)


class CannotSetUp(Exception):
    """Something is in the way; the message is the sentence to show."""


def failure_of(output: str, what: str) -> CannotSetUp | None:
    """The sentence for a known cause found in a program's output, or None."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output, re.IGNORECASE):
            return CannotSetUp(sentence.format(what=what))
    return None


def make_room(root: Path, missing: list[Path]) -> None:
    """Raise `CannotSetUp` where the disk cannot hold the missing environments, or may not be written to."""
    if not os.access(root, os.W_OK):
        raise CannotSetUp(f"The set-up may not write to {root}: check its owner and rights, then try again.")
    needed = ROOM_FOR_AN_ENVIRONMENT * sum(not directory.exists() for directory in missing)
    free = shutil.disk_usage(root).free
    if free < needed:
        raise CannotSetUp(
            f"The disk has {free / 1e9:.1f} GB free, and the set-up needs {needed / 1e9:.0f} GB: "
            "free some and try again."
        )

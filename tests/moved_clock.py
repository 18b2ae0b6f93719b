"""The service's clock, set for a while."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from unittest import mock


@contextlib.contextmanager
def clock_moved(by: timedelta) -> Iterator[None]:
    """The clock ahead by so much (behind, where negative) while the block lasts, in this process."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "offset"
        file.write_text(str(by.total_seconds()))
        with mock.patch.dict(os.environ, TAWASUL_CLOCK_OFFSET_FILE=str(file)):
            yield


class StoppedClock:
    """A clock that stands: `at` is what it shows, an aware moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at


@contextlib.contextmanager
def clock_stopped(at: datetime) -> Iterator[StoppedClock]:
    """The clock stands at a moment, and then where its `at` is set, while the block lasts, in this process."""
    clock = StoppedClock(at)

    class Moments(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return clock.at.astimezone(tz)

    with mock.patch("contact_center.clock.datetime", Moments):
        yield clock

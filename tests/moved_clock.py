"""The service's clock, set for a while."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
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

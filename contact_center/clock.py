"""The only place that asks what time it is."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BAHRAIN = ZoneInfo("Asia/Bahrain")
"""Bahrain's zone: UTC+3 all year. Working days and dates shown to people are days of this zone."""


def now() -> datetime:
    """The present moment, aware, in UTC; ahead by the seconds in `TAWASUL_CLOCK_OFFSET_FILE` (tests only)."""
    moment = datetime.now(UTC)
    offset_file = os.environ.get("TAWASUL_CLOCK_OFFSET_FILE")
    return moment + timedelta(seconds=_offset(Path(offset_file))) if offset_file else moment


def _offset(path: Path) -> float:
    return float(path.read_text().strip() or 0) if path.exists() else 0.0

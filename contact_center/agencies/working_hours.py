"""When government offices work, as working_hours.yml or an administrator says. Pure once the file is read.

Sunday to Thursday, 07:00 to 14:15 (Civil Service Bureau, Edict 1 of 2023); in Ramadan 08:00 to 14:00 (circulars of the
Prime Minister, 2023 to 2025). Ramadan's dates are those of the Umm al-Qura calendar: where the moon is announced
otherwise, a day at either end has the other month's hours. That Thursdays end at 14:00 and that some offices work until
15:00 is for an administrator to set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hijridate import Gregorian

from contact_center.agencies.working_week import Frames, Week, read_frames, read_week

FILE = Path(__file__).with_name("working_hours.yml")
_RAMADAN = 9


@dataclass(frozen=True)
class WorkingHours:
    """The hours of ordinary weeks, of those of Ramadan, and of a weekday off that is declared a working day."""

    ordinary: Week
    ramadan: Week
    declared: Frames

    def of(self, day: date) -> Frames:
        """The hours of a day in Bahrain, holidays left aside; () on the weekend."""
        return (self.ramadan if is_ramadan(day) else self.ordinary)[day.weekday()]


def read(text: str) -> WorkingHours:
    """The hours that a file's text says. Raises `ValueError` for what are no hours."""
    written = yaml.safe_load(text)
    if not isinstance(written, dict) or set(written) != {"ordinary", "ramadan", "declared"}:
        raise ValueError("Working hours are ordinary, ramadan and declared.")
    return of_weeks(written)


def of_weeks(written: Mapping[str, Any]) -> WorkingHours:
    """The hours of `{"ordinary": {"sunday": ["07:00-14:15"], …}, "ramadan": {…}, "declared": […]}`, likewise."""
    declared = read_frames(written["declared"])
    if not declared:
        raise ValueError("A declared working day has hours.")
    return WorkingHours(read_week(written["ordinary"]), read_week(written["ramadan"]), declared)


@lru_cache(maxsize=1)
def working_hours() -> WorkingHours:
    """The hours of working_hours.yml."""
    return read(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def is_ramadan(day: date) -> bool:
    """Whether a day (1924 to 2077) lies in the month of Ramadan by the Umm al-Qura calendar."""
    return Gregorian.fromdate(day).to_hijri().month == _RAMADAN

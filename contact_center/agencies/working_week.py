"""Stretches of the days of a week, as YAML files of hours write them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As `date.weekday()` counts."""


@dataclass(frozen=True, order=True)
class Frame:
    """A stretch of a day, in Bahrain's time; `closes` is no longer in it."""

    opens: time
    closes: time


Frames = tuple[Frame, ...]
Week = Mapping[int, Frames]
"""The frames of each weekday (0: Monday), in order; none on a day off."""


def read_week(written: object) -> Week:
    """A week from `{"sunday": ["07:00-14:15"], …}`. Raises `ValueError` for what are no hours."""
    if not isinstance(written, dict) or set(written) != set(WEEKDAYS):
        raise ValueError(f"Hours name the days {', '.join(WEEKDAYS)}.")
    return {number: read_frames(written[day]) for number, day in enumerate(WEEKDAYS)}


def read_frames(written: Iterable[object]) -> Frames:
    """Frames from `["07:00-12:00", "16:00-19:00"]`, in order. Raises `ValueError` where they overlap or are none."""
    frames = tuple(sorted(map(_frame, written)))
    for earlier, later in pairwise(frames):
        if later.opens < earlier.closes:
            raise ValueError(f"Hours overlap: {earlier.closes} and {later.opens}.")
    return frames


def _frame(written: object) -> Frame:
    opens, _, closes = str(written).partition("-")
    frame = Frame(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
    if frame.opens >= frame.closes:
        raise ValueError(f"Hours end after they begin: {written}.")
    return frame

"""When the contact centre's staff answer: office_hours.yml less the calendar's holidays. Pure once that is read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.working_week import Frames, Week, read_week
from contact_center.clock import BAHRAIN

FILE = Path(__file__).with_name("office_hours.yml")
_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True)
class OfficeHours:
    """The hours of each weekday."""

    week: Week

    def are_on(self, moment: datetime, calendar: WorkingCalendar) -> bool:
        """Whether staff work at `moment` (aware)."""
        here = moment.astimezone(BAHRAIN)
        if calendar.is_holiday(here.date()):
            return False
        return any(frame.opens <= here.time() < frame.closes for frame in self.week[here.weekday()])

    def next_opening(self, moment: datetime, calendar: WorkingCalendar) -> datetime | None:
        """When staff next begin after `moment` (aware); aware, in UTC. None where they do not for two months."""
        today = moment.astimezone(BAHRAIN).date()
        for day in (today + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD_DAYS)):
            if calendar.is_holiday(day):
                continue
            for frame in self.week[day.weekday()]:
                opening = datetime.combine(day, frame.opens, tzinfo=BAHRAIN)
                if opening > moment:
                    return opening.astimezone(UTC)
        return None

    def alike(self) -> list[tuple[int, int, Frames]]:
        """The week from Sunday on: runs of days with the same frames, by first and last weekday, without days off."""
        runs: list[tuple[int, int, Frames]] = []
        previous = None
        for day in (6, 0, 1, 2, 3, 4, 5):
            frames = self.week[day]
            if frames and previous == frames:
                runs[-1] = (runs[-1][0], day, frames)
            elif frames:
                runs.append((day, day, frames))
            previous = frames
        return runs


def read(text: str) -> OfficeHours:
    """The hours that a file's text says. Raises `ValueError` for what are no hours."""
    return OfficeHours(read_week(yaml.safe_load(text)))


@lru_cache(maxsize=1)
def office_hours() -> OfficeHours:
    """The hours of office_hours.yml."""
    return read(FILE.read_text(encoding="utf-8"))

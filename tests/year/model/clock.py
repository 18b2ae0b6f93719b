"""The clock of a case's deadline in the slow model: how much is left, what it shows, and what passes on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from tests.year.model.catalogue import Term
from tests.year.model.facts import BAHRAIN
from tests.year.model.minutes import DAY, HOUR, Calendar, Minutes

_WORTH = {"days": DAY, "hours": HOUR}
_A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Mark:
    """A mark of a deadline that was noted: when it passed, and when it was noted."""

    deadline: int
    name: str
    passed_at: datetime
    noted_at: datetime


@dataclass
class Clock:
    """It has nothing to measure until `begin`. `step`: how often marks are looked for; the steps begin at midnight."""

    calendar: Calendar
    step: timedelta
    lived_until: datetime
    term: Term | None = None
    due_at: datetime | None = None
    deadline: int = 0
    stopped_at: datetime | None = None
    left: Fraction | None = None
    """While it is stopped: what was left; None where it runs or was over."""
    late_since: datetime | None = None
    """From when it counts as late; None: from `due_at`. It stands still as well while the clock is stopped."""
    marks: list[Mark] = field(default_factory=list)
    _changed_at: datetime | None = None
    """When it last began to show something else: what had passed by then is noted at the next step."""

    def begin(self, at: datetime, term: Term) -> None:
        """A new deadline, `term` from `at`: the day itself is not counted, nor is the rest of a day off."""
        self.term, minutes = term, self.calendar.at(at)
        if term.unit == "days":
            last = minutes.working_days_after(at.astimezone(BAHRAIN).date(), term.amount)
            self.promise(at, minutes.end_of(last))
        else:
            self.promise(at, minutes.when("hours", minutes.passed("hours", at) + term.amount * HOUR))

    def promise(self, at: datetime, due_at: datetime) -> None:
        """Another deadline, with marks of its own."""
        self.due_at, self._changed_at = due_at, at
        self.stopped_at = self.left = self.late_since = None
        self.deadline += 1

    def stop(self, at: datetime) -> None:
        """Stand still from now on; what is over stays over."""
        assert self.due_at
        assert self.term
        minutes, unit = self.calendar.at(at), self.term.unit
        self.stopped_at = at
        self.left = minutes.passed(unit, self.due_at) - minutes.passed(unit, at) if self.due_at > at else None

    def go_on(self, at: datetime) -> None:
        """Run again with what was left."""
        assert self.term
        assert self.stopped_at
        minutes, unit = self.calendar.at(at), self.term.unit
        if self.left is not None:
            self.due_at = minutes.when(unit, minutes.passed(unit, at) + self.left)
        else:
            late = minutes.passed(unit, self.stopped_at) - minutes.passed(unit, self._late_since())
            self.late_since = minutes.when(unit, minutes.passed(unit, at) - late)
        self._changed_at = at
        self.end()

    def end(self) -> None:
        """Nothing is waited for any more."""
        self.stopped_at = self.left = None

    def live_until(self, moment: datetime, *, running: bool, per_cents: Mapping[str, int]) -> None:
        """Let time pass: marks are noted at the steps before `moment`, and the calendar may change meanwhile.

        `running`: whether it is the agency that is waited for; `per_cents`: of the time, at which each mark passes.
        """
        for at, before, now in self.calendar.changes(self.lived_until, moment):
            if running:
                self._note_marks(at + _A_MOMENT, before, per_cents)
            self._calendar_changed(at, before, now, running=running)
        if running:
            self._note_marks(moment, self.calendar.at(moment), per_cents)
        self.lived_until = moment

    def _calendar_changed(self, at: datetime, before: Minutes, now: Minutes, *, running: bool) -> None:
        """What is left of the time stays the same."""
        if self.term is None or self.due_at is None:
            return
        unit = self.term.unit
        if self.stopped_at is not None and self.left is not None:
            self.due_at = now.when(unit, now.passed(unit, self.stopped_at) + self.left)
        if running and self.due_at > at:
            left = before.passed(unit, self.due_at) - before.passed(unit, at)
            self.due_at = now.when(unit, now.passed(unit, at) + left)
        self._changed_at = at + _A_MOMENT

    def _note_marks(self, before: datetime, minutes: Minutes, per_cents: Mapping[str, int]) -> None:
        if self.due_at is None:
            return
        assert self._changed_at
        noted = {mark.name for mark in self.marks if mark.deadline == self.deadline}
        for name, per_cent in sorted(per_cents.items(), key=lambda mark: mark[1]):
            passed_at = self._passes_at(per_cent, minutes)
            noted_at = self._step_after(max(passed_at, self._changed_at))
            if name not in noted and noted_at < before:
                self.marks.append(Mark(self.deadline, name, passed_at, noted_at))

    def _passes_at(self, per_cent: int, minutes: Minutes) -> datetime:
        assert self.due_at
        assert self.term
        if per_cent == 100:
            return self.due_at
        unit, since = self.term.unit, self._late_since() if per_cent > 100 else self.due_at
        more = Fraction(per_cent - 100, 100) * self.term.amount * _WORTH[unit]
        return minutes.when(unit, minutes.passed(unit, since) + more)

    def _late_since(self) -> datetime:
        since = self.late_since or self.due_at
        assert since
        return since

    def _step_after(self, moment: datetime) -> datetime:
        midnight = moment.astimezone(BAHRAIN).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + self.step * -((midnight - moment) // self.step)

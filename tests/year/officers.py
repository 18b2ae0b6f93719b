"""What officers and citizens do with a case once it is filed: acts with moments, from a seed.

About 95 of 100 answers come in time, as Tawasul promises. The slow model is at hand to know how a case stands. Some
acts are tried where the rules forbid them, on purpose.
"""

import random
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.year.model.case import ModelCase
from tests.year.model.catalogue import written
from tests.year.model.facts import BAHRAIN
from tests.year.model.minutes import Calendar
from tests.year.script import Act, Plan

IN_TIME = 0.965
"""Of the answers that are given at the first try; another date, a transfer and the weekend cost the rest."""
FORBIDDEN = (
    lambda at, rng: Act(at, "reply"),
    lambda at, rng: Act(at, "take"),
    lambda at, rng: Act(at, "ask"),
    lambda at, rng: Act(at, "interim", day=at.date() + timedelta(days=20)),
    lambda at, rng: Act(at, "transfer", agency=rng.choice(list(written()["agencies"]))),
    lambda at, rng: Act(at, "withdraw"),
    lambda at, rng: Act(at, "reopen"),
    lambda at, rng: Act(at, "rate", rating=3),
    lambda at, rng: Act(at, "add"),
    lambda at, rng: Act(at, "close"),
)
"""What somebody tries wherever the case stands: refused, or done, as the rules have it."""


class Officers:
    """Carries a case from its filing to its end, or to the end of the year."""

    def __init__(self, plan: Plan, calendar: Calendar, step: timedelta, ends: datetime, rng: random.Random) -> None:
        self._plan, self._rng, self._ends, self._step = plan, rng, ends, step
        self._calendar = calendar
        self.case = ModelCase.filed(plan, calendar, step)
        self._now = plan.filed_at

    def work(self) -> None:
        """Fill the plan's acts."""
        if self._likely(0.03):
            self._later(days=self._rng.expovariate(0.5), act="withdraw")
            self._maybe_try_what_is_forbidden()
            return
        self._work_on_it()
        if self.case.status in ("answered", "closed") and self._after_the_answer():
            self._work_on_it()
            if self.case.status in ("answered", "closed") and self._likely(0.15):
                self._later(days=2, act="reopen")
                if self.case.status == "reopened":
                    self._work_on_it()
        self._maybe_try_what_is_forbidden()

    # --- the agency

    def _work_on_it(self) -> None:
        answered_at = self._share_of_the_time()
        if self._likely(0.06):
            self._send_on(self._rng.uniform(0.03, 0.5))
            if self._likely(0.25):
                self._send_on(self._rng.uniform(0.02, 0.3))
            answered_at = self._share_of_the_time()
        if self._likely(0.85):
            self._in_working_time(
                min(answered_at, self._rng.uniform(0.01, 0.4)), "word" if self._likely(0.1) else "take"
            )
        if self._likely(0.05):
            self._later(days=self._rng.uniform(0.01, 1), act="add")
        if self._likely(0.05):
            self._later(days=self._rng.uniform(0.01, 0.5), act="note")
        if self._likely(0.09):
            self._ask()
            if self.case.status == "waiting":
                return
        if self._likely(0.03):
            self._promise_another_date()
            answered_at = self._share_of_the_time()
        self._answer(answered_at)

    def _share_of_the_time(self) -> float:
        """After how much of the time that is left it is answered."""
        if self._likely(IN_TIME):
            return self._rng.betavariate(2, 2.2) * 0.97 + 0.01
        return 1.01 + self._rng.expovariate(2.5)

    def _answer(self, share: float) -> None:
        close = self._likely(0.55)
        self._in_working_time(share, "reply", close=close)
        if not close and self._likely(0.1):
            self._later(days=self._rng.uniform(0.05, 4), act="reply")  # a fuller answer
        if not close and self._likely(0.5):
            self._later(days=self._rng.uniform(2, 6), act="close")

    def _ask(self) -> None:
        """The citizen answers after hours, after days, or never; then the agency closes it some day, or forgets."""
        self._in_working_time(self._rng.uniform(0.02, 0.6), "ask")
        how = self._rng.random()
        if how < 0.55:
            self._later(days=self._rng.lognormvariate(-1, 0.9), act="answer")
        elif how < 0.85:
            self._later(days=self._rng.lognormvariate(1.3, 0.7), act="answer")
        elif how < 0.9:
            self._later(days=self._rng.uniform(5, 12), act="reply", close=True)
        elif how < 0.95:
            self._later(days=self._rng.uniform(15, 25), act="close")
        if self.case.status == "in_progress" and self._likely(0.12):
            self._ask()

    def _send_on(self, share: float) -> None:
        """«Not ours»: to another agency, or to the category that it is about."""
        if self._likely(0.5):
            to = {"agency": self._rng.choice(list(written()["agencies"]))}
        else:
            categories = [code for code, entry in written()["categories"].items() if not str(entry[2]).startswith("@")]
            to = {"category": self._rng.choice(categories)}
        self._in_working_time(share, "transfer", **to)

    def _promise_another_date(self) -> None:
        due_at = self.case.due_at
        if due_at is None:
            return
        self._in_working_time(self._rng.uniform(0.5, 1.05), "interim", day=self._some_working_day(due_at))
        if self._likely(0.1):
            self._later(days=0.2, act="interim", day=self._some_working_day(due_at + timedelta(days=14)))

    def _some_working_day(self, after: datetime) -> date:
        day = after.astimezone(BAHRAIN).date() + timedelta(days=self._rng.randint(3, 15))
        minutes = self._calendar.at(self._now)
        return day if self._likely(0.05) else minutes.working_days_after(day, 0)

    # --- the citizen, afterwards

    def _after_the_answer(self) -> bool:
        """Whether the case is worked on again."""
        if self.case.replied_at is not None and self._likely(0.35):
            late = self._likely(0.03)
            rating = self._rng.choices((1, 2, 3, 4, 5), (12, 8, 15, 30, 35))[0]
            self._later(
                days=self._rng.uniform(14.1, 17) if late else self._rng.expovariate(1), act="rate", rating=rating
            )
            if self._likely(0.05):
                self._later(days=0.1, act="rate", rating=self._rng.randint(1, 5))
        if not self._likely(0.06):
            return False
        self._later(days=self._rng.uniform(30.1, 40) if self._likely(0.1) else self._rng.expovariate(0.3), act="reopen")
        return self.case.status == "reopened"

    def _maybe_try_what_is_forbidden(self) -> None:
        for _ in range(self._rng.choice((1, 2, 3)) if self._likely(0.04) else 0):
            act = self._rng.choice(FORBIDDEN)(
                self._moment_after(self._now + timedelta(hours=self._rng.uniform(0.1, 60))), self._rng
            )
            self._do(act)

    # --- moments

    def _likely(self, chance: float) -> bool:
        return self._rng.random() < chance

    def _in_working_time(self, share: float, act: str, **details: object) -> None:
        """After so much of the time that is left; a few work at other hours too."""
        due_at = self.case.due_at
        if due_at is None or due_at <= self._now or self.case.clock.stopped_at is not None:
            self._later(days=self._rng.uniform(0.1, 5), act=act, **details)
            return
        minutes, unit = self._calendar.at(self._now), self.case.clock.term.unit
        passed = minutes.passed(unit, self._now)
        left = minutes.passed(unit, due_at) - passed
        at = minutes.when(unit, passed + left * Fraction(share).limit_denominator(10_000))
        at += timedelta(hours=self._rng.uniform(1, 7)) if self._likely(0.02) else timedelta(0)
        self._do(Act(self._moment_after(at), act, **details))

    def _later(self, days: float, act: str, **details: object) -> None:
        self._do(Act(self._moment_after(self._now + timedelta(days=days)), act, **details))

    def _moment_after(self, moment: datetime) -> datetime:
        """A whole second near a moment, later than all before; never on a full minute, where time is looked at."""
        moment = max(moment, self._now).replace(microsecond=0) + timedelta(seconds=self._rng.randint(1, 50))
        return moment if moment.second else moment + timedelta(seconds=1)

    def _do(self, act: Act) -> None:
        if act.at >= self._ends:
            self._now = self._ends
            return
        if self._now >= self._ends:
            return
        self._now = act.at
        self.case.do(act)
        self._plan.acts.append(act)

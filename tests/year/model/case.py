"""One case in the slow model: what is done to it, how it then stands, and who is told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.year.model import catalogue
from tests.year.model.clock import Clock
from tests.year.model.minutes import Calendar
from tests.year.model.rules import ADDS, FROM, LEADS_TO, LEVELS, MARKS, OPEN, REPLY_MAY_BE_RATED_FOR, TOLD
from tests.year.script import Act, Person, Plan


@dataclass(frozen=True)
class Told:
    """Somebody was told of an act: the filer, or one who had joined. `number`: of the act; -1: the filing."""

    at: datetime
    person: Person
    number: int
    joined: bool
    replied: bool


@dataclass(frozen=True)
class Seen:
    """How a case stands after an act, or after it was refused."""

    refused: bool
    status: str
    agency: str
    category: str
    due_at: datetime | None
    stopped: bool
    deadline: int
    in_time: bool | None
    """Of the answer that ends the waiting: whether it came in time; None for anything else, or without a deadline."""


@dataclass
class ModelCase:
    """A case, from its filing on."""

    plan: Plan
    agency: str
    category: str
    clock: Clock
    status: str = "received"
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    replied_at: datetime | None = None
    rating: int | None = None
    reopened: int = 0
    sent_on: bool = False
    promised: bool = False
    followers: list[Person] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    @classmethod
    def filed(cls, plan: Plan, calendar: Calendar, step: timedelta) -> "ModelCase":
        """The case as it stands when it has been filed; who calls is told of it by SMS."""
        agency = catalogue.agency_of(plan.category, plan.governorate)
        case = cls(plan, agency, plan.category, Clock(calendar, step, plan.filed_at))
        case._new_time(plan.filed_at)
        case._show(refused=False, in_time=None)
        if plan.person.channel == "call_center":
            case.told.append(Told(plan.filed_at, plan.person, -1, joined=False, replied=False))
        return case

    @property
    def due_at(self) -> datetime | None:
        """What the clock shows."""
        return self.clock.due_at

    def live_until(self, moment: datetime) -> None:
        """Let time pass."""
        per_cents = MARKS | dict(zip(LEVELS, catalogue.escalations(self.agency), strict=True))
        self.clock.live_until(moment, running=self.status in OPEN - {"waiting"}, per_cents=per_cents)

    def do(self, act: Act) -> Seen:
        """Let time pass until the act, and do it; refused where the rules do not allow it."""
        self.live_until(act.at)
        if not self._allows(act):
            return self._show(refused=True, in_time=None)
        was_open, was_at, in_time = self.status in OPEN, self.agency, self._in_time(act)
        self._carry_out(act)
        if self._is_told(act, was_open=was_open, was_at=was_at):
            self._tell(act)
        return self._show(refused=False, in_time=in_time)

    def _show(self, *, refused: bool, in_time: bool | None) -> Seen:
        clock = self.clock
        stopped = clock.stopped_at is not None
        seen = Seen(refused, self.status, self.agency, self.category, clock.due_at, stopped, clock.deadline, in_time)
        self.seen.append(seen)
        return seen

    def _in_time(self, act: Act) -> bool | None:
        if act.do != "reply" or self.status not in OPEN or self.due_at is None:
            return None
        return self.clock.left is not None or act.at <= self.due_at

    # --- what is allowed

    def _allows(self, act: Act) -> bool:
        if act.do in FROM and self.status not in FROM[act.do]:
            return False
        if act.do == "interim":
            return not self.promised and self._is_later(act)
        if act.do == "rate":
            return self.replied_at is not None and act.at <= self.replied_at + REPLY_MAY_BE_RATED_FOR
        if act.do == "transfer":
            return self._goes_to(act) != (self.agency, self.category)
        return act.do != "reopen" or self._may_be_reopened(act.at)

    def _is_later(self, act: Act) -> bool:
        """Whether the date that is promised is a working day that ends after the deadline, and has not passed."""
        minutes, due_at = self.clock.calendar.at(act.at), self.due_at
        return due_at is not None and minutes.works_on(act.day) and minutes.end_of(act.day) > max(due_at, act.at)

    def _may_be_reopened(self, at: datetime) -> bool:
        days, times = catalogue.reopening(self.agency)
        ended_at = self.closed_at if self.status == "withdrawn" else self.answered_at or self.closed_at
        return days > 0 and self.reopened < times and at <= ended_at + timedelta(days=days)

    def _goes_to(self, act: Act) -> tuple[str, str]:
        category = act.category or self.category
        return act.agency or catalogue.agency_of(category, self.plan.governorate), category

    # --- what it does

    def _carry_out(self, act: Act) -> None:
        if act.do == "transfer":
            self._transfer(act)
        elif act.do == "interim":
            self.promised = True
            self.clock.promise(act.at, self.clock.calendar.at(act.at).end_of(act.day))
        elif act.do == "rate":
            self.rating = act.rating
        elif act.do == "join":
            if act.person != self.plan.person and act.person not in self.followers:
                self.followers.append(act.person)
        elif act.do in ADDS:
            if self.status == "waiting":
                self._become("in_progress", act.at)
        elif act.do == "reply":
            self._become("closed" if act.close else "answered", act.at)
            self.answered_at = self.replied_at = act.at
        elif act.do in LEADS_TO:
            self._become(LEADS_TO[act.do], act.at)

    def _transfer(self, act: Act) -> None:
        """Where the agency stays the same, only the category is put right. The first other one has its own time."""
        agency, self.category = self._goes_to(act)
        if agency == self.agency:
            return
        self.agency = agency
        self._become("transferred", act.at)
        if not self.sent_on:
            self.sent_on = True
            self._new_time(act.at)

    def _become(self, status: str, at: datetime) -> None:
        self.status = status
        if status == "waiting" and self.due_at is not None:
            self.clock.stop(at)
        elif status == "reopened":
            self.answered_at = self.closed_at = None
            self.promised = self.sent_on = False
            self.reopened += 1
            self._new_time(at)
        elif status not in OPEN:
            self.clock.end()
        elif self.clock.stopped_at is not None:
            self.clock.go_on(at)
        if status in ("closed", "withdrawn"):
            self.closed_at = at

    def _new_time(self, at: datetime) -> None:
        """The agency has its own time, from `at`; a compliment has no deadline."""
        if self.plan.type != "compliment":
            self.clock.begin(at, catalogue.term(self.category, self.agency))

    # --- who hears of it

    def _is_told(self, act: Act, *, was_open: bool, was_at: str) -> bool:
        if act.do == "close":
            return was_open and self.plan.type != "compliment"
        return act.do in TOLD and (act.do != "transfer" or self.agency != was_at)

    def _tell(self, act: Act) -> None:
        for person in [self.plan.person, *self.followers]:
            joined = person != self.plan.person
            self.told.append(Told(act.at, person, len(self.seen) - 1, joined, act.do == "reply"))

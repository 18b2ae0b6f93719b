"""The simulated year: made of arrivals, officers and what befalls everybody; all of it from a seed."""

import random
from datetime import date, datetime, timedelta

from tests.year.arrivals import Arrivals
from tests.year.model.facts import BAHRAIN
from tests.year.model.minutes import Calendar
from tests.year.officers import Officers
from tests.year.script import Act, Declaration, Person, Turn, Year

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=BAHRAIN), datetime(2027, 1, 1, tzinfo=BAHRAIN)
DECLARATIONS = (
    # A flood: at half past six in the morning the same day is declared off.
    Declaration(datetime(2026, 1, 14, 6, 30, tzinfo=BAHRAIN), date(2026, 1, 14), working=False),
    # The moon: the feast's fourth day is off, which is said the evening before.
    Declaration(datetime(2026, 3, 22, 20, 0, tzinfo=BAHRAIN), date(2026, 3, 23), working=False),
    # A mourning declared in the middle of a working day.
    Declaration(datetime(2026, 9, 9, 11, 0, tzinfo=BAHRAIN), date(2026, 9, 9), working=False),
    # Ashura's second day is a Friday: the Saturday after is worked instead of the Sunday, which is off.
    Declaration(datetime(2026, 6, 23, 12, 0, tzinfo=BAHRAIN), date(2026, 6, 28), working=False),
    Declaration(datetime(2026, 10, 14, 9, 0, tzinfo=BAHRAIN), date(2026, 10, 17), working=True),
)
STOPS, TAKEN = 0.03, 0.02
"""How many of the persons say STOP some day, and how many conversations an agent takes."""


def make(cases: int, seed: int, step_minutes: int = 30) -> Year:
    """A year of so many cases."""
    rng = random.Random(seed)
    arrivals = Arrivals(cases, rng)
    step = timedelta(minutes=step_minutes)
    declarations = [Declaration(_on_step(each.at, step), each.day, each.working) for each in DECLARATIONS]
    calendar = Calendar([(each.at, each.day, each.working) for each in declarations])
    for plan in arrivals.plans:
        Officers(plan, calendar, step, ENDS, rng).work()
    for joining in arrivals.joinings:
        joining.host.acts.append(Act(joining.at, "join", person=joining.person))
        _put_in_order(joining.host.acts)
    return Year(arrivals.plans, _turns(arrivals, rng, step), declarations, BEGINS, ENDS, step_minutes)


def _put_in_order(acts: list[Act]) -> None:
    """Each act of a case at a moment of its own."""
    acts.sort(key=lambda act: act.at)
    taken: set[datetime] = set()
    for number, act in enumerate(acts):
        at = act.at
        while at in taken or at.second == 0:
            at += timedelta(seconds=1)
        taken.add(at)
        acts[number] = act if at == act.at else Act(**{**vars(act), "at": at})


def _turns(arrivals: Arrivals, rng: random.Random, step: timedelta) -> list[Turn]:
    """STOP and START, and agents who take conversations for some hours: at the beginning of steps."""
    turns, seen = [], set()
    for plan in arrivals.plans:
        person = plan.person
        if person in seen or person.channel == "call_center":
            continue
        seen.add(person)
        if rng.random() < STOPS:
            turns += _pair(
                person,
                plan.filed_at + timedelta(days=rng.uniform(0.1, 8)),
                rng.uniform(0.5, 30),
                ("stop", "start"),
                step,
            )
        if rng.random() < TAKEN:
            turns += _pair(
                person,
                plan.filed_at + timedelta(days=rng.uniform(0.02, 9)),
                rng.uniform(0.1, 2),
                ("taken", "released"),
                step,
            )
    return sorted((turn for turn in turns if turn.at < ENDS), key=lambda turn: (turn.at, turn.person.number, turn.do))


def _pair(person: Person, begins: datetime, days: float, what: tuple[str, str], step: timedelta) -> list[Turn]:
    first, last = _on_step(begins, step), _on_step(begins + timedelta(days=days), step) + step
    return [Turn(first, person, what[0]), Turn(last, person, what[1])]


def _on_step(moment: datetime, step: timedelta) -> datetime:
    return BEGINS + step * -((BEGINS - moment) // step)

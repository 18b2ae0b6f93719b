"""Who is told what, and when it is sent: of each act once, and after a reply the question what it was worth (not to
who said thanks).

While an agent has a conversation, no question is put into it; handed back, the newest reply that came meanwhile is
asked about. At night nothing is sent but to who wrote in the last hour or is calling; it waits until the morning, save
in the web chat, which is looked at. Rules for those who said STOP belong to the sending, not to what there is to say.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tests.year.model.case import ModelCase, Told
from tests.year.model.facts import BAHRAIN
from tests.year.model.rules import AWAKE_FOR, BY_CITIZENS, NIGHT_BEGINS, NIGHT_ENDS
from tests.year.script import Person, Turn

IS_CALLING = -1
"""The number of what is told of a filing: that is told only to who calls."""
Address = tuple[str, str]
"""Channel and address."""


@dataclass(frozen=True)
class Notice:
    """One message that there has to be: `told`, `joined` (to one who joined) or `asked` (for a rating)."""

    address: Address
    case: int
    number: int
    what: str


class Telling:
    """All that there has to be in the outbox, and until when it waits there. `hears_at`: where a person is told."""

    def __init__(self, cases: list[ModelCase], turns: list[Turn], hears_at: Callable[[Person], Address]) -> None:
        self.held: dict[Notice, datetime | None] = {}
        self._hears_at, self._with_agent = hears_at, _with_agents(turns)
        self._waiting: dict[tuple[Address, datetime], list[tuple[ModelCase, Told]]] = defaultdict(list)
        self._wrote = self._words(cases)
        for case in cases:
            for told in case.told:
                self._tell(case, told)
        for (_, released_at), late in self._waiting.items():
            case, told = max(late, key=lambda each: each[1].at)
            self._say(case, told, "asked", released_at)

    def _tell(self, case: ModelCase, told: Told) -> None:
        address = self._hears_at(told.person)
        if told.joined and address == self._hears_at(case.plan.person):
            return  # who filed it is told once, whichever way else they asked about it
        self._say(case, told, "joined" if told.joined else "told", told.at)
        if not told.replied or told.joined or case.plan.type == "compliment":
            return
        with_agent = self._with_agent[told.person]
        span = next(
            ((begins, ends) for begins, ends in with_agent if begins < told.at and (not ends or told.at < ends)), None
        )
        if span is None:
            self._say(case, told, "asked", told.at)
        elif span[1]:
            self._waiting[address, span[1]].append((case, told))

    def _say(self, case: ModelCase, told: Told, what: str, at: datetime) -> None:
        address = self._hears_at(told.person)
        self.held[Notice(address, case.plan.number, told.number, what)] = (
            None if told.number == IS_CALLING else self._held_until(address, at)
        )

    def _held_until(self, address: Address, at: datetime) -> datetime | None:
        local = at.astimezone(BAHRAIN)
        by_day = NIGHT_ENDS <= local.hour < NIGHT_BEGINS
        awake = any(at - AWAKE_FOR < wrote <= at for wrote in self._wrote[address])
        if by_day or awake or address[0] == "webchat":
            return None
        morning = local.date() if local.hour < NIGHT_ENDS else local.date() + timedelta(days=1)
        return datetime.combine(morning, time(NIGHT_ENDS), BAHRAIN)

    def _words(self, cases: list[ModelCase]) -> dict[Address, list[datetime]]:
        """When somebody wrote from an address. A call is no word from the number's own."""
        wrote: dict[Address, list[datetime]] = defaultdict(list)
        for case in cases:
            said = [(case.plan.person, case.plan.filed_at)]
            for act, seen in zip(case.plan.acts, case.seen[1:], strict=True):
                if not seen.refused and (act.do in BY_CITIZENS or act.do == "join"):
                    said.append((act.person or case.plan.person, act.at))
            for person, at in said:
                if person.channel != "call_center":
                    wrote[self._hears_at(person)].append(at)
        return wrote


def _with_agents(turns: list[Turn]) -> dict[Person, list[tuple[datetime, datetime | None]]]:
    """From when to when an agent has had each conversation; None: still."""
    spans: dict[Person, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for turn in turns:
        if turn.do == "taken":
            spans[turn.person].append((turn.at, None))
        elif turn.do == "released":
            spans[turn.person][-1] = (spans[turn.person][-1][0], turn.at)
    return spans

"""The service's year beside the slow model's: every deadline, pause, mark, escalation and message."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.year.acts import Found
from tests.year.citizens import hears_at
from tests.year.driver import Log
from tests.year.model.case import ModelCase, Seen
from tests.year.model.minutes import Calendar
from tests.year.model.telling import Notice, Telling
from tests.year.script import Plan, Year

_NEAR = timedelta(milliseconds=1)
"""The service keeps whole microseconds, the model fractions of them."""


class Check:
    """All differences, readably, in the order of the cases. `cases`: the model's."""

    def __init__(self, year: Year, logs: list[Log], url: str) -> None:
        self.year, self._url = year, url
        self.found = {key: found for log in logs for key, found in log.found.items()}
        self._numbers = {case_id: number for log in logs for number, case_id in log.cases.items()}
        self.cases = _model_of(year)

    def differences(self) -> Iterator[str]:
        """What the service and the model do not agree on."""
        with psycopg.connect(self._url, row_factory=dict_row) as connection:
            marks = self._marks(connection)
            ends = self._ends(connection)
            for case in self.cases:
                yield from self._of_steps(case)
                yield from self._of_marks(case, marks[case.plan.number])
                yield from self._of_end(case, ends[case.plan.number])
            yield from self._of_messages(connection)

    # --- after every act

    def _of_steps(self, case: ModelCase) -> Iterator[str]:
        plan = case.plan
        for number, seen in enumerate(case.seen, start=-1):
            found = self.found.get((plan.number, number))
            if found is None:
                yield f"{_at(plan, number)}: was never done"
            elif not _same(found, seen):
                yield f"{_at(plan, number)}: the service {_shown(found)}; the model {_shown(seen)}"

    # --- marks

    def _marks(self, connection: psycopg.Connection[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
        rows = connection.execute(
            "SELECT case_id, at, idempotency_key AS key, data->>'passed_at' AS passed_at FROM case_events"
            " WHERE kind IN ('approaching', 'breached', 'escalated') ORDER BY id"
        )
        marks = defaultdict(list)
        for row in rows:
            marks[self._numbers[row["case_id"]]].append(row)
        return marks

    def _of_marks(self, case: ModelCase, rows: list[dict[str, Any]]) -> Iterator[str]:
        expected = {f"{mark.name}:{mark.deadline}": mark for mark in case.clock.marks}
        found = {row["key"]: row for row in rows}
        for key in expected.keys() | found.keys():
            mark, row = expected.get(key), found.get(key)
            if mark is None or row is None:
                yield f"case {case.plan.number}: {key} is {'not expected' if mark is None else f'missing: {mark}'}"
            elif row["at"] != mark.noted_at or not _near(datetime.fromisoformat(row["passed_at"]), mark.passed_at):
                yield f"case {case.plan.number}: {key} passed {row['passed_at']}, noted {row['at']}; the model: {mark}"
        if len(found) != len(rows):
            yield f"case {case.plan.number}: a mark was noted twice: {[row['key'] for row in rows]}"

    # --- the end of the year

    def _ends(self, connection: psycopg.Connection[dict[str, Any]]) -> dict[int, dict[str, Any]]:
        rows = connection.execute(
            "SELECT id, status, agency, category, due_at, answered_at, closed_at, rating, clock_stopped_at FROM cases"
        )
        return {self._numbers[row["id"]]: row for row in rows}

    def _of_end(self, case: ModelCase, row: dict[str, Any]) -> Iterator[str]:
        expected = {
            "status": case.status, "agency": case.agency, "category": case.category, "due_at": case.due_at,
            "answered_at": case.answered_at, "closed_at": case.closed_at, "rating": case.rating,
        }  # fmt: skip
        for what, wanted in expected.items():
            if not (_near(row[what], wanted) if what.endswith("_at") else row[what] == wanted):
                yield f"case {case.plan.number}, at the end: {what} is {row[what]}; the model: {wanted}"

    # --- messages

    def _of_messages(self, connection: psycopg.Connection[dict[str, Any]]) -> Iterator[str]:
        wanted = Telling(self.cases, self.year.turns, hears_at).held
        sent = self._sent(connection)
        for notice in sorted(wanted.keys() | sent.keys(), key=lambda notice: (notice.case, notice.number, str(notice))):
            where = f"{_at(self.year.plans[notice.case], notice.number)}: «{notice.what}» to {notice.address}"
            held = sent.get(notice, [])
            if len(held) != (1 if notice in wanted else 0):
                yield f"{where}: {len(held)} messages; the model: {1 if notice in wanted else 0}"
            elif held != [wanted[notice]]:
                yield f"{where}: waits until {held[0]}; the model: {wanted[notice]}"

    def _sent(self, connection: psycopg.Connection[dict[str, Any]]) -> dict[Notice, list[datetime | None]]:
        """Until when each message is held back, by what it says to whom."""
        events = {found.event_id: key for key, found in self.found.items() if found.event_id is not None}
        filed = connection.execute("SELECT id, case_id FROM case_events WHERE kind = 'filed'")
        events |= {row["id"]: (self._numbers[row["case_id"]], -1) for row in filed}
        rows = connection.execute(
            "SELECT c.channel, c.address, o.case_event_id, o.send_after, split_part(o.dedupe_key, ':', 1) AS kind"
            " FROM outbox_messages o JOIN conversations c ON c.id = o.conversation_id WHERE o.case_event_id IS NOT NULL"
        )
        sent = defaultdict(list)
        for row in rows:
            address = row["channel"], row["address"]
            sent[Notice(address, *events[row["case_event_id"]], _WHAT[row["kind"]])].append(row["send_after"])
        return sent


_WHAT = {"told": "told", "reply": "told", "rating": "asked", "followed": "joined"}
"""By what the outbox's keys begin with."""


def _model_of(year: Year) -> list[ModelCase]:
    calendar = Calendar([(each.at, each.day, each.working) for each in year.declarations])
    cases = []
    for plan in year.plans:
        case = ModelCase.filed(plan, calendar, timedelta(minutes=year.step_minutes))
        for act in plan.acts:
            case.do(act)
        case.live_until(year.ends + timedelta(seconds=1))
        cases.append(case)
    return cases


def _near(one: datetime | None, other: datetime | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= _NEAR


def _same(found: Found, seen: Seen) -> bool:
    return (
        (found.refused is not None) == seen.refused
        and (found.status, found.agency, found.category) == (seen.status, seen.agency, seen.category)
        and (seen.due_at is None or (found.stopped, found.deadline) == (seen.stopped, seen.deadline))
        and _near(found.due_at, seen.due_at)
    )


def _shown(state: Found | Seen) -> str:
    refused = f"refused it ({state.refused}), " if state.refused else ""
    due_at = state.due_at.isoformat() if state.due_at else "nothing"
    stopped = ", stopped" if state.stopped else ""
    where = f"{state.status} at {state.agency} ({state.category})"
    return f"{refused}has it {where}, due {due_at}{stopped}, deadline {state.deadline}"


def _at(plan: Plan, number: int) -> str:
    if number < 0:
        return f"case {plan.number}, filed {plan.filed_at.isoformat()}"
    act = plan.acts[number]
    return f"case {plan.number}, act {number} ({act.do}) of {act.at.isoformat()}"

"""Each act of the year as the service does it, with what the console and the channels do around it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import catalogue
from contact_center.cases import aftercare, following, interim, service, transfer
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.notifications.case_events import tell_event, tell_filed
from tests.year.citizens import Citizens, conversation_of
from tests.year.model.rules import BY_CITIZENS
from tests.year.script import Act, Plan

OFFICER, CITIZEN = "account:officer", "citizen"
WORDS = {
    "ar": "تم استلام الطلب ومتابعته مع الفريق المختص في الموقع.",
    "en": "The team in charge is following this up on site.",
}


@dataclass(frozen=True)
class Found:
    """How the service shows a case after an act. `refused`: the error's code, None where it was done."""

    refused: str | None
    status: str
    agency: str
    category: str
    due_at: datetime | None
    stopped: bool
    deadline: int
    event_id: int | None


async def file(session: AsyncSession, plan: Plan, citizens: Citizens) -> Case:
    """File a case."""
    person = plan.person
    new = NewCase(
        type=plan.type,
        category=plan.category,
        description=f"{WORDS[person.language]} {plan.number}",
        governorate=plan.governorate,
        area=plan.area,
        block=plan.block,
        channel=person.channel,
        language=person.language,
        identity_id=await citizens.identity_of(session, person),
        conversation_id=conversation_of(person),
        source_message_id=f"year:{plan.number}",
    )
    case = await service.file(session, new)
    await tell_filed(session, case)
    return case


async def do(session: AsyncSession, case: Case, plan: Plan, act: Act, key: str, citizens: Citizens) -> CaseEvent | None:
    """Do an act; its event. Raises what the service raises where it is refused."""
    if act.do == "join":
        await _join(session, case, plan, act, key, citizens)
        return None
    if act.do in BY_CITIZENS:
        await citizens.identity_of(session, plan.person)
    event = await _DOES[act.do](session, case, act, {"idempotency_key": key}, WORDS[plan.person.language])
    if act.do in _BY_STAFF:
        await tell_event(session, await catalogue(session), case, event)
    return event


async def _join(session: AsyncSession, case: Case, plan: Plan, act: Act, key: str, citizens: Citizens) -> None:
    assert act.person
    identity_id = await citizens.identity_of(session, act.person)
    text = WORDS[act.person.language]
    addition = following.Addition(identity_id, conversation_of(act.person), text, key)
    if not await following.join(session, case, addition, own=act.person == plan.person):
        raise HasEnded


class HasEnded(Exception):
    """The case that somebody wanted to join has ended."""

    code = "has_ended"


_Does = Callable[[AsyncSession, Case, Act, dict[str, str], str], Awaitable[CaseEvent]]


def _status(status: str, *, words: bool = False) -> _Does:
    return lambda session, case, act, key, text: service.set_status(
        session, case, status, actor=OFFICER, text=text if words else None, **key
    )


_DOES: dict[str, _Does] = {
    "take": _status("in_progress"),
    "word": _status("in_progress", words=True),
    "ask": _status("waiting", words=True),
    "close": _status("closed"),
    "answer": lambda session, case, act, key, text: aftercare.add_information(session, case, text, **key),
    "add": lambda session, case, act, key, text: aftercare.add_information(session, case, text, **key),
    "reply": lambda session, case, act, key, text: service.reply(
        session, case, text, close=act.close, actor=OFFICER, **key
    ),
    "transfer": lambda session, case, act, key, text: transfer.transfer(
        session, case, transfer.Target(act.agency, act.category), text, actor=OFFICER, **key
    ),
    "interim": lambda session, case, act, key, text: interim.promise(
        session, case, text, act.day, actor=OFFICER, **key
    ),
    "withdraw": lambda session, case, act, key, text: aftercare.withdraw(session, case, **key),
    "reopen": lambda session, case, act, key, text: aftercare.reopen(session, case, text, **key),
    "rate": lambda session, case, act, key, text: aftercare.rate(session, case, act.rating, **key),
    "note": lambda session, case, act, key, text: service.note(session, case, text, actor=OFFICER, **key),
}
_BY_STAFF = {"take", "word", "ask", "close", "reply", "transfer", "interim"}

"""Everything that can happen to a case and is told to citizens, each made to happen by the service itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.queries import working_calendar
from contact_center.cases import service
from contact_center.cases.interim import promise
from contact_center.cases.merging import merge
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.cases.praise import pass_on
from contact_center.cases.queries import by_reference
from contact_center.cases.suggestion_progress import take_further
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import BAHRAIN

WORDS = {
    "ar": {
        "reply": "شكراً على البلاغ. فريق الصيانة زار المكان يوم الأحد.\nتم ردم الحفرة وتسوية الشارع.",
        "question": "أي مبنى بالضبط؟ وإذا في صورة تساعدنا.",
        "message": "الفريق في الطريق.",
        "interim": "ننتظر قطعة غيار من الخارج.",
    },
    "en": {
        "reply": "Thank you for telling us. The team went there on Sunday.\nThe hole is filled and the road level.",
        "question": "Which building is it? A photo would help.",
        "message": "The team is on its way.",
        "interim": "We are waiting for a part from abroad.",
    },
}
ACTOR = "account:omar"
OTHER = "26-7654-3213"
"""The number of the case that another is merged into."""


@dataclass(frozen=True)
class Happening:
    """What happens to a case of `type`, and `when`, for the reader of the table."""

    when: str
    act: Callable[[AsyncSession, Case, Mapping[str, str]], Awaitable[CaseEvent]]
    type: str = "complaint"
    description: str = "حفرة في الشارع"


async def _filed(session: AsyncSession, case: Case, _words: Mapping[str, str]) -> CaseEvent:
    event = await session.scalar(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind == "filed"))
    assert event is not None
    return event


async def _reply(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    return await service.reply(session, case, words["reply"], close=True, actor=ACTOR)


async def _reply_with_outcome(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    return await service.reply(session, case, words["reply"], close=True, outcome="under_study", actor=ACTOR)


async def _outcome(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    await _reply_with_outcome(session, case, words)
    return await take_further(session, case, "accepted", actor=ACTOR)


async def _outcome_and_words(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    await _reply_with_outcome(session, case, words)
    return await take_further(session, case, "accepted", words["message"], actor=ACTOR)


async def _passed_on(session: AsyncSession, case: Case, _words: Mapping[str, str]) -> CaseEvent:
    return await pass_on(session, case, actor=ACTOR)


async def _question(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    return await service.set_status(session, case, "waiting", text=words["question"], actor=ACTOR)


async def _message(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    return await service.set_status(session, case, "in_progress", text=words["message"], actor=ACTOR)


async def _interim(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    assert case.due_at is not None
    later = (await working_calendar(session)).first_working_day(
        case.due_at.astimezone(BAHRAIN).date() + timedelta(days=3)
    )
    return await promise(session, case, words["interim"], later, actor=ACTOR)


async def _transferred(session: AsyncSession, case: Case, _words: Mapping[str, str]) -> CaseEvent:
    return await transfer(session, case, Target(agency="sce"), "ليست لنا", actor=ACTOR)


async def _closed(session: AsyncSession, case: Case, _words: Mapping[str, str]) -> CaseEvent:
    return await service.set_status(session, case, "closed", actor=ACTOR)


async def _merged(session: AsyncSession, case: Case, _words: Mapping[str, str]) -> CaseEvent:
    return await merge(session, case, await _another(session), actor=ACTOR)


async def _parted(session: AsyncSession, case: Case, words: Mapping[str, str]) -> CaseEvent:
    await _merged(session, case, words)
    return await service.set_status(session, case, "reopened", actor=ACTOR)


async def _another(session: AsyncSession) -> Case:
    """A case about the same, whose number the page can name."""
    same = await by_reference(session, OTHER)
    if same is None:
        form = {"type": "complaint", "category": "road.pothole", "description": "حفرة", "channel": "webchat"}
        same = await service.file(session, NewCase(**form))  # type: ignore[arg-type]
        same.reference = OTHER
        await session.flush()  # merging reads it anew
    return same


HAPPENINGS: Mapping[str, Happening] = {
    "filed": Happening("An agent files the case for a caller", _filed),
    "filed_undated": Happening("An agent files a caller's compliment", _filed, "compliment"),
    "reply": Happening("The agency answers; `rate` follows", _reply),
    "reply_with_outcome": Happening("The agency answers a suggestion", _reply_with_outcome, "suggestion"),
    "outcome": Happening("Later something else becomes of the suggestion", _outcome, "suggestion"),
    "outcome_and_words": Happening("The same, with a word", _outcome_and_words, "suggestion"),
    "passed_on": Happening(
        "A supervisor tells the one whom a compliment names", _passed_on, "compliment", "شكراً للموظفة فاطمة حسن"
    ),
    "passed_on_unnamed": Happening("The same, where it names nobody", _passed_on, "compliment", "مشكورين"),
    "question": Happening("The agency asks the citizen for something; the clock stops", _question),
    "message": Happening("The agency says a word with another status", _message),
    "interim": Happening("The agency promises another date", _interim),
    "transferred": Happening("The case goes on to another agency", _transferred),
    "transferred_undated": Happening("A compliment goes on to another agency", _transferred, "compliment"),
    "closed": Happening("The agency closes the case without an answer", _closed),
    "merged": Happening("The case is merged into another about the same thing", _merged),
    "parted": Happening("It was merged by mistake, and is open again", _parted),
}
WITH_ANOTHER = {"rate": "reply"}
"""What is told together with something else."""
